// Corrections first, then new sales, then undoings: each is a difference to what the book holds at that moment.
#include "lib/sale/apply.hpp"

#include "lib/ledger/journal.hpp"
#include "sale_sql.hpp"

namespace passa::sale {
namespace {

struct Sums {
    std::int64_t lines = 0;
    Amounts money;
};

// Adds up what an INSERT returned per tier, and counts its tickets.
Sums take_in(db::Transaction& tx, const Job& job, const db::Rows& rows) {
    Sums sums;
    for (const auto& row : rows) {
        sums.lines += row.get<std::int64_t>("lines");
        sums.money.gross += row.get<money::Int128>("gross");
        sums.money.tax += row.get<money::Int128>("tax");
        sums.money.fee_platform += row.get<money::Int128>("fee_platform");
        sums.money.fee_payment += row.get<money::Int128>("fee_payment");
        const auto tier = row.get<std::optional<IdBytes>>("tier_id");
        const auto tickets = row.get<std::int64_t>("quantity");
        if (tier && tickets != 0) tx.run(sql::add_sold, job.desk.organizer, job.catalog.event.id, *tier, tickets);
    }
    return sums;
}

// One journal entry of an import: its key within the run, and its money.
struct Entry {
    std::string key;
    Amounts sums;
};

void post(db::Transaction& tx, const Job& job, const Run& run, const Entry& entry) {
    const auto& a = entry.sums;
    using ledger::AccountKind;
    const auto event = job.catalog.event.id;
    const auto in_currency = [&](money::Int128 minor) { return money::Amount{minor, job.catalog.event.currency}; };
    if (a.gross == 0 && a.tax == 0 && a.fee_platform == 0 && a.fee_payment == 0) return; // free tickets alone
    ledger::post({tx, job.desk.organizer, job.desk.ids, job.desk.clock.now()},
                 {"sales",
                  run.id.bytes(),
                  entry.key,
                  event,
                  run.started_at,
                  "import",
                  {{{AccountKind::gateway_receivable, event}, in_currency(a.gross - a.fee_platform - a.fee_payment)},
                   {{AccountKind::platform_fee, event}, in_currency(a.fee_platform)},
                   {{AccountKind::payment_fee, event}, in_currency(a.fee_payment)},
                   {{AccountKind::tax_held, event}, in_currency(-a.tax)},
                   {{AccountKind::event_proceeds, event}, in_currency(-(a.gross - a.tax))}}});
}

Amounts operator+(Amounts a, const Amounts& b) {
    a.gross += b.gross;
    a.tax += b.tax;
    a.fee_platform += b.fee_platform;
    a.fee_payment += b.fee_payment;
    return a;
}

} // namespace

Applied apply_block(db::Transaction& tx, const Job& job, const Run& run, int block) {
    const auto org = job.desk.organizer;
    const auto event = job.catalog.event.id;
    const auto ids = ids_of_block(block, job.blocks);
    tx.run(sql::use_memory);
    const bool has_lines = !tx.run(sql::find_lines_between, org, event, ids.first, ids.last).empty();
    Sums corrected, undone;
    if (has_lines && job.profile.accept_corrections)
        corrected = take_in(
            tx, job, tx.run(sql::insert_corrections, org, event, block, ids.first, ids.last, run.id, run.started_at));
    const auto fresh =
        tx.run(sql::count_fresh, org, event, block, ids.first, ids.last).one().get<std::int64_t>("lines");
    const auto sold = take_in(tx, job,
                              tx.run(sql::insert_sales, org, event, block, ids.first, ids.last, run.id, run.started_at,
                                     job.catalog.event.currency.id));
    if (sold.lines != fresh) // a sale without a plan would be dropped by the join, and nobody would look at it again
        throw Error{{Kind::conflict, "sale.catalog_changed",
                     fmt::format("{} of {} new sales found no plan any more", fresh - sold.lines, fresh),
                     "look at the plans of the event, then run the import again: it goes on where it stopped"}};
    if (job.seen.refund_rows > 0) tx.run(sql::insert_refund_rows, org, event, block, run.id);
    if (has_lines || job.seen.undos > 0)
        undone = take_in(tx, job,
                         tx.run(sql::insert_undos, org, event, block, ids.first, ids.last, run.id, run.started_at,
                                job.profile.refunds_keep_fees, job.profile.missing == Missing::ignore));
    const auto changes = corrected.money + undone.money;
    post(tx, job, run, {fmt::format("{}.{}.sold", run.attempt, block), sold.money});
    post(tx, job, run, {fmt::format("{}.{}.undone", run.attempt, block), changes});
    return {sold.lines, corrected.lines + undone.lines};
}

} // namespace passa::sale
