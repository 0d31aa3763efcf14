// passa job dead discard: an item that was given up stays so.
#include "cli/context.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"
#include "lib/runner/dead.hpp"

namespace passa::cli::job_dead_discard {

struct Args {
    JobRunId run;
    std::string item;
    std::string reason;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto reason = reason_of(args.reason);
    const auto dead = ctx.read([&](auto& tx) { return runner::get_run(tx, org, args.run); });
    runner::decide(make_worker(ctx, {}), dead, {runner::DeadVerdict::discarded, args.item, reason});
    ctx.show({{"run", args.run.text()}, {"item", args.item}, {"discarded_by", ctx.actor()}, {"reason", reason}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job dead discard",
    .summary = "Say that an item that was given up stays so",
    .details = "It leaves passa job dead list; its error, who discarded it and why stay with the run. What it was "
               "about is not touched: a later run may find it due again.",
    .options = {positional("RUN", &Args::run, "Its run: passa job dead list"),
                positional("ITEM", &Args::item, "The item"), option("reason", &Args::reason, "TEXT", "Why")},
    .examples = {{"passa job dead discard job_01j9zq8v3k5m7n2p4r6s8t0w1x demo-till --reason 'that till was closed'",
                  "nothing is left to do"}},
    .exits = {{ExitCode::busy, "somebody works on this job"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_dead_discard
