// Keep the lines, then batch by batch.
#include "lib/recon/shown.hpp"

#include "lib/payout/own_statement.hpp"
#include "lib/recon/store.hpp"
#include "recon_sql.hpp"

namespace passa::recon {
namespace {

std::int64_t keep_lines(const payout::Desk& desk, TreasuryId treasury, const rail::Statement& statement) {
    return db::transact(desk.db, {.organizer = desk.organizer, .what = "recon.keep"}, [&](db::Transaction& tx) {
        const ledger::Book book{tx, desk.organizer, desk.ids, desk.clock.now()};
        hold_base(book, treasury, statement);
        return store_lines({book, treasury, desk.actor}, statement);
    });
}

std::vector<BatchId> load_batches(const payout::Desk& desk, const db::Statement& statement, TreasuryId treasury) {
    return db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        std::vector<BatchId> batches;
        for (const auto& row : tx.run(statement, desk.organizer, treasury))
            batches.push_back(row.get<BatchId>("batch_id"));
        return batches;
    });
}

std::int64_t end_batch(const payout::Desk& desk, BatchId batch) {
    try {
        return payout::end_by_statement(desk, batch);
    } catch (const Error& error) { // one batch must not hold up the run: the next one looks again
        if (error.first().kind != Kind::busy) throw;
        return 0;
    }
}

} // namespace

Ended end_shown(const payout::Desk& desk, TreasuryId treasury, const rail::Statement& statement) {
    const auto busy_with = in("ending what stands on the statement of {}", treasury);
    Ended ended;
    if (load_batches(desk, sql::load_open_batches, treasury).empty()) return ended;
    ended.lines_new = keep_lines(desk, treasury, statement);
    for (const auto batch : load_batches(desk, sql::load_shown_batches, treasury))
        ended.attempts += end_batch(desk, batch);
    return ended;
}

} // namespace passa::recon
