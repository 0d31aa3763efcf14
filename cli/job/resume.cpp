// passa job resume: go on with a run that was interrupted or failed.
#include "cli/context.hpp"
#include "cli/job/work.hpp"

namespace passa::cli::job_resume {

struct Args {
    JobRunId run;
};

ExitCode run(Context& ctx, const Args& args) {
    return summed_up("", [&](log::Summary& summary) {
        const auto org = ctx.organizer();
        const auto key = ctx.read([&](db::Transaction& tx) { return runner::get_run(tx, org, args.run).key; });
        summary.job = key.job;
        return work_on(ctx, key, {}, summary);
    });
}

extern const Command k_command = {
    .path = "job resume",
    .summary = "Go on with a run that was interrupted or failed",
    .details = "Does what the run has not finished with, over the period it was asked for. A run that is done, or done "
               "but for items that were given up, stays as it is.",
    .options = {positional("RUN", &Args::run, "The run: passa job status")},
    .examples = {{"passa job resume job_01j9zq8v3k5m7n2p4r6s8t0w1x", "after a kill or a power cut"}},
    .exits = work_exits(),
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_resume
