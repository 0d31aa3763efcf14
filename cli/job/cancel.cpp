// passa job cancel: a run or a missed period that shall not be done, with the reason.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/records.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"

#include <algorithm>

namespace passa::cli::job_cancel {

struct Args {
    std::string what;
    std::optional<Instant> period;
    std::string reason;
};

namespace {

constexpr std::int64_t k_most = 100'000; // due periods looked through

runner::RunKey key_of_period(Context& ctx, const runner::Declared& declared, Instant end) {
    const auto org = ctx.organizer();
    const auto now = time_of_books(ctx);
    const auto due = ctx.read([&](auto& tx) { return runner::load_due(tx, org, declared, {now, k_most}); });
    const auto it = std::find_if(due.begin(), due.end(), [&](const auto& key) { return key.until == end; });
    if (it != due.end()) return *it;
    throw Error{{Kind::not_found, "job.no_period",
                 fmt::format("no period of {} that is due ends at {}", declared.name, to_text(end)),
                 fmt::format("see those that are: passa job run {} --dry-run", declared.name)}};
}

runner::RunKey key_of(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    if (const auto run = JobRunId::parse(args.what); run && !args.period)
        return ctx.read([&](auto& tx) { return runner::get_run(tx, org, *run).key; });
    const auto declared = get_declared(ctx, args.what);
    if (args.period) return key_of_period(ctx, declared, *args.period);
    throw Error{{Kind::usage, "job.which_period", fmt::format("which period of {} is not needed?", declared.name),
                 "name its end: --period INSTANT"}};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto reason = reason_of(args.reason);
    const auto key = key_of(ctx, args);
    const auto id = runner::skip(make_worker(ctx, {}), key, reason);
    const auto org = ctx.organizer();
    ctx.show(ctx.read([&](auto& tx) { return run_record(runner::get_run(tx, org, id)); }));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job cancel",
    .summary = "Say that a run or a missed period is not to be done",
    .details = "What it did stays done; what it did not is left to later runs, which see everything that is due. A run "
               "that somebody works on is stopped first (TERM to that process). Who cancelled it, and why, stays with "
               "the run and in passa audit list.",
    .options = {positional("RUN|JOB", &Args::what, "A run: passa job status; or a declared job, with --period"),
                option("period", &Args::period, "INSTANT", "The end of the period that is not needed"),
                option("reason", &Args::reason, "TEXT", "Why")},
    .examples = {{"passa job cancel nightly --period 2027-03-07T00:00:00Z --reason 'settled by hand'",
                  "so that catching up goes on behind it"},
                 {"passa job cancel job_01j9zq8v3k5m7n2p4r6s8t0w1x --reason 'the event was called off'",
                  "one that failed"}},
    .exits = {{ExitCode::busy, "somebody works on it"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_cancel
