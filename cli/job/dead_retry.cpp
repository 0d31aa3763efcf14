// passa job dead retry: an item that was given up is tried again, in its run.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"
#include "lib/runner/dead.hpp"

namespace passa::cli::job_dead_retry {

struct Args : KeyWish {
    JobRunId run;
    std::string item;
    std::string reason;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    if (ctx.globals().dry_run) {
        const auto key = ctx.read([&](auto& tx) { return runner::get_run(tx, org, args.run); }).key;
        show_plan(ctx, {key}, {.paying = rehearse(ctx, key)});
        return ExitCode::ok;
    }
    return summed_up("", [&](log::Summary& summary) {
        const auto dead = ctx.read([&](auto& tx) { return runner::get_run(tx, org, args.run); });
        summary.job = dead.key.job;
        const Call call{.items_per_minute = rate_of(ctx, dead), .paying = agree(ctx, dead.key, args)};
        runner::decide(make_worker(ctx, {}), dead, {runner::DeadVerdict::retried, args.item, reason_of(args.reason)});
        return work_on(ctx, dead.key, call, summary);
    });
}

extern const Command k_command = {
    .path = "job dead retry",
    .summary = "Try an item again that was given up",
    .details = "Notes who wants it, and why, and goes on with its run at once: the item is tried as at first. If that "
               "does not come to an end, passa job resume goes on. A declared job's run keeps its itemsPerMinute.",
    .options =
        with_key<Args>({positional("RUN", &Args::run, "Its run: passa job dead list"),
                        positional("ITEM", &Args::item, "The item"), option("reason", &Args::reason, "TEXT", "Why")}),
    .examples = {{"passa job dead retry job_01j9zq8v3k5m7n2p4r6s8t0w1x demo-night --reason 'the plan was mended'",
                  "after what stood against it is gone"}},
    .exits = work_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::job_dead_retry
