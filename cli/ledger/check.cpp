// passa ledger check: prove the books.
#include "cli/context.hpp"
#include "lib/report/laws.hpp"

namespace passa::cli::ledger_check {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const auto results = ctx.read(report::check_laws);
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
