// Keep the lines, then batch by batch.
#include "lib/recon/shown.hpp"

#include "lib/recon/store.hpp"
#include "recon_sql.hpp"

#include <iterator>

namespace passa::recon {
namespace {

std::int64_t keep_lines(const payout::Desk& desk, TreasuryId treasury, const rail::Statement& statement) {
    return db::transact(desk.db, {.organizer = desk.organizer, .what = "recon.keep"}, [&](db::Transaction& tx) {
        const ledger::Book book{tx, desk.organizer, desk.ids, desk.clock.now()};
        hold_base(book, treasury, statement);
        return store_lines({book, treasury, desk.actor}, statement);
    });
}

std::vector<BatchId> load_batches(db::Transaction& tx, const payout::Desk& desk, const db::Statement& statement,
                                  TreasuryId treasury) {
    std::vector<BatchId> batches;
    for (const auto& row : tx.run(statement, desk.organizer, treasury)) batches.push_back(row.get<BatchId>("batch_id"));
    return batches;
}

std::vector<BatchId> look_up_batches(const payout::Desk& desk, const db::Statement& statement, TreasuryId treasury) {
    return db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                        [&](db::Transaction& tx) { return load_batches(tx, desk, statement, treasury); });
}

std::vector<payout::Proved> end_batch(const payout::Desk& desk, BatchId batch) {
    try {
        return payout::end_by_statement(desk, batch);
    } catch (const Error& error) { // one batch must not hold up the run: the next one looks again
        if (error.first().kind != Kind::busy) throw;
        return {};
    }
}

void append(std::vector<payout::Proved>& all, std::vector<payout::Proved> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

Ended end_shown(const payout::Desk& desk, TreasuryId treasury, const rail::Statement& statement) {
    const auto busy_with = in("ending what stands on the statement of {}", treasury);
    Ended ended;
    if (look_up_batches(desk, sql::load_open_batches, treasury).empty()) return ended;
    ended.lines_new = keep_lines(desk, treasury, statement);
    for (const auto batch : look_up_batches(desk, sql::load_shown_batches, treasury))
        append(ended.proved, end_batch(desk, batch));
    return ended;
}

Rehearsal reconcile(const payout::Desk& desk, TreasuryId treasury, rail::Rail& rail) {
    const auto from = db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                                   [&](db::Transaction& tx) { return find_position(tx, desk.organizer, treasury); });
    const auto statement = rail.read_statement(from);
    auto ended = end_shown(desk, treasury, statement);
    auto report = db::transact(desk.db, {.organizer = desk.organizer, .what = "recon run"}, [&](db::Transaction& tx) {
        const ledger::Book book{tx, desk.organizer, desk.ids, desk.clock.now()};
        return take_in({book, treasury, desk.actor}, statement);
    });
    report.lines_new += ended.lines_new;
    return {std::move(report), std::move(ended.proved)};
}

Rehearsal rehearse(db::Transaction& tx, const payout::Desk& desk, TreasuryId treasury,
                   const rail::Statement& statement) {
    Rehearsal rehearsal;
    const auto end_all = [&] {
        for (const auto batch : load_batches(tx, desk, sql::load_shown_batches, treasury))
            append(rehearsal.proved, payout::rehearse_by_statement(tx, desk, batch));
    };
    const ledger::Book book{tx, desk.organizer, desk.ids, desk.clock.now()};
    rehearsal.report = take_in({book, treasury, desk.actor}, statement, end_all);
    return rehearsal;
}

} // namespace passa::recon
