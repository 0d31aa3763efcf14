// passa ledger check: prove the books.
#include "lib/ledger/check.hpp"

#include "cli/context.hpp"
#include "lib/payout/read.hpp"
#include "lib/recon/run.hpp"
#include "lib/settle/checks.hpp"

namespace passa::cli::ledger_check {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    auto results = ctx.read([&](db::Transaction& tx) {
        auto all = ledger::run_checks(tx, ledger::statements());
        for (const auto statements : {settle::statements(), payout::statements(), recon::statements()}) {
            const auto more = ledger::run_checks(tx, statements);
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    });
    out::Records records;
    std::int64_t broken = 0;
    for (const auto& r : results) {
        records.push_back({{"law", r.law}, {"check", r.name}, {"holds", r.broken == 0}, {"broken_rows", r.broken}});
        broken += r.broken;
    }
    ctx.list({{"holds", "HOLDS"}, {"broken_rows", "BROKEN"}, {"law", "LAW"}}, records);
    if (broken == 0) return ExitCode::ok;
    throw Error{{Kind::balance_gap, "ledger.broken", fmt::format("{} rows break a law of the ledger", broken),
                 "stop settling and paying; look at the rows with: passa db psql"}};
}

extern const Command k_command = {
    .path = "ledger check",
    .summary = "Prove that the books add up",
    .details = "Runs every check over the organizer's books: entries balance, gross in equals what it became, settled "
               "lines are counted once, cached figures equal their recount, payouts are booked as they stand.",
    .examples = {{"passa ledger check", "all laws"}},
    .exits = {{ExitCode::balance_gap, "a law is broken; the rows are counted"}},
    .run = runner(run),
};

} // namespace passa::cli::ledger_check
