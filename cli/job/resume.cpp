// passa job resume: go on with a run that was interrupted or failed, or with a job that was paused.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"
#include "lib/runner/pause.hpp"

namespace passa::cli::job_resume {

struct Args : KeyWish {
    std::string what;
    std::optional<std::string> event;
    std::optional<std::string> treasury;
    std::optional<std::string> reason;
};

namespace {

ExitCode resume_run(Context& ctx, JobRunId run, const KeyWish& wish) {
    const auto org = ctx.organizer();
    if (ctx.globals().dry_run) {
        const auto key = ctx.read([&](db::Transaction& tx) { return runner::get_run(tx, org, run).key; });
        show_plan(ctx, {key}, {.paying = rehearse(ctx, key)});
        return ExitCode::ok;
    }
    return summed_up("", [&](log::Summary& summary) {
        const auto begun = ctx.read([&](db::Transaction& tx) { return runner::get_run(tx, org, run); });
        summary.job = begun.key.job;
        const Call call{.items_per_minute = rate_of(ctx, begun), .paying = agree(ctx, begun.key, wish)};
        return work_on(ctx, begun.key, call, summary);
    });
}

ExitCode resume_job(Context& ctx, const Args& args) {
    const auto named = named_job(ctx, {args.what, args.event, args.treasury});
    const auto reason = reason_of(args.reason.value_or(""));
    if (ctx.globals().dry_run) {
        ctx.note("dry run: nothing was done");
        return ExitCode::ok;
    }
    runner::end_pause(make_worker(ctx, {}), named.job, named.scope, reason);
    ctx.show({{"job", named.job},
              {"scope", named.scope.empty() ? out::Value{nullptr} : out::Value{named.scope}},
              {"resumed_by", ctx.actor()},
              {"reason", reason}});
    return ExitCode::ok;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (!args.what.starts_with("job_")) return resume_job(ctx, args); // no job's name has an underscore
    if (args.event || args.treasury || args.reason)
        throw Error{{Kind::usage, "job.resume", "a run says itself what it is about",
                     "leave --event, --treasury and --reason out, or name a job that was paused"}};
    const auto run = parse_value<JobRunId>(args.what);
    if (!run) throw Error{run.problems()};
    return resume_run(ctx, *run, args);
}

extern const Command k_command = {
    .path = "job resume",
    .summary = "Go on with a run that was interrupted, or with a job that was paused",
    .details =
        "With a run: does what it has not finished with, over the period it was asked for. A run that is done, or done "
        "but for items that were given up, stays as it is. A declared job's run keeps its itemsPerMinute. With a job: "
        "ends its pause; periods that it missed are made "
        "up for when it runs next.",
    .options = with_key<Args>(
        {positional("RUN|JOB", &Args::what, "A run: passa job status; or a job: passa job list --paused"),
         option("event", &Args::event, "NAME", "The pause is only of this event"),
         option("treasury", &Args::treasury, "NAME", "The pause is only of this treasury"),
         option("reason", &Args::reason, "TEXT", "Why the pause ends")}),
    .examples = {{"passa job resume job_01j9zq8v3k5m7n2p4r6s8t0w1x", "after a kill or a power cut"},
                 {"passa job resume settle --reason 'the books were mended'", "after passa job pause settle"}},
    .exits = work_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::job_resume
