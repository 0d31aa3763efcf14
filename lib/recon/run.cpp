// The flow: store, match, book, prove, say what is open.
#include "lib/recon/run.hpp"

#include "lib/recon/store.hpp"
#include "recon_sql.hpp"

#include <algorithm>

namespace passa::recon {
namespace {

Amount zero_of(const Amount& amount) { return {0, amount.asset()}; }

FoundBreak hole_in(const rail::Statement& statement) {
    const Amount nothing = statement.closing.empty() ? Amount{0, {"", 0}} : zero_of(statement.closing.front());
    return {BreakType::timing, "history", "the rail's history is not complete: " + statement.gap, nothing, nothing};
}

std::vector<FoundBreak> gaps_in(const RunReport& report) {
    std::vector<FoundBreak> gaps;
    for (const auto& p : report.proofs)
        if (!p.gap.is_zero())
            gaps.push_back({BreakType::balance_gap, "statement " + p.gap.asset().id,
                            fmt::format("opening {} + in {} - out {} - fees {} is not closing {}", p.opening.number(),
                                        p.money_in.number(), p.money_out.number(), p.fees.number(), p.closing.number()),
                            p.gap, zero_of(p.gap)});
    for (const auto& b : report.books)
        if (!b.gap.is_zero())
            gaps.push_back(
                {BreakType::balance_gap, "book " + b.gap.asset().id,
                 fmt::format("the book holds {}, {} booked and not seen, {} seen and not booked, the rail says {}",
                             b.book.number(), b.unseen.number(), b.unbooked.number(), b.chain.number()),
                 b.gap, zero_of(b.gap)});
    return gaps;
}

// What the rail says of its balances is of a later ledger: the lines' own sum is where the next run's proof begins.
void carry_on(std::vector<AssetProof>& proofs) {
    for (auto& proof : proofs) {
        proof.closing += proof.gap;
        proof.gap = zero_of(proof.gap);
    }
}

void store_run(const Work& work, RunReport& report) {
    const auto& book = work.book;
    report.open = book.tx
                      .run(sql::insert_run, book.organizer, report.id, work.treasury, report.from, report.to,
                           report.to_ledger, report.lines_read, report.matched, report.settled, report.complete,
                           report.hole, report.complete && !report.more, work.actor, book.now, report.seen_at)
                      .one()
                      .get<std::int64_t>("breaks_open");
    for (const auto& p : report.proofs)
        book.tx.run(sql::insert_balance, book.organizer, report.id, p.gap.asset().id, p.opening.minor(),
                    p.money_in.minor(), p.money_out.minor(), p.fees.minor(), p.closing.minor(), p.gap.minor());
}

void add(RunReport& report, const Turnover& turnover) {
    report.opened += turnover.opened;
    report.closed += turnover.closed;
}

} // namespace

std::span<const db::Statement> statements() { return sql::k_all; }

std::int64_t find_position(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury) {
    return load_base(tx, organizer, treasury).position;
}

RunReport take_in(const Work& work, const rail::Statement& statement, const std::function<void()>& once_kept) {
    const auto busy_with = in("reconciling {} from position {}", work.treasury, statement.from);
    const auto base = hold_base(work.book, work.treasury, statement);
    RunReport report{work.book.ids.make<ReconRunTag>(),
                     statement.from,
                     statement.to,
                     statement.to_ledger,
                     statement.complete,
                     statement.gap,
                     statement.more};
    if (statement.closed_at != Instant{}) report.seen_at = statement.closed_at;
    report.lines_read = static_cast<std::int64_t>(statement.lines.size());
    report.lines_new = store_lines(work, statement);
    if (once_kept) once_kept();

    auto input = load_input(work, statement);
    const auto lines = input.lines;
    auto result = match(std::move(input));
    report.matched = static_cast<std::int64_t>(result.matches.size());
    undo_hand_closed(work, result, lines);
    report.settled = store_matches(work, report.id, result, lines);
    if (!statement.complete) result.breaks.push_back(hole_in(statement));
    // A statement without a new ledger knows nothing that the run before did not, and one whose moment nobody told
    // cannot say what is overdue: they close no break by silence.
    const bool is_conclusive = statement.complete && statement.to > statement.from && statement.closed_at != Instant{};
    add(report, store_breaks(work, report.id, {result.breaks, result.matches, is_conclusive, false}));

    report.proofs = prove(base.closing, load_moved(work, statement.from, statement.to), statement.closing);
    if (statement.more) carry_on(report.proofs);
    if (statement.complete && !statement.more) {
        report.books = load_book(work, statement.closing);
        const auto gaps = gaps_in(report);
        report.has_gap = !gaps.empty();
        add(report, store_breaks(work, report.id, {gaps, {}, true, true}));
    }
    store_run(work, report);
    return report;
}

void note_home(db::Transaction& tx, OrganizerId organizer) { tx.run(sql::note_home, organizer); }

} // namespace passa::recon
