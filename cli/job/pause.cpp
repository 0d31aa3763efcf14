// passa job pause: nobody begins this job before a person resumes it.
#include "lib/runner/pause.hpp"

#include "cli/context.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"

namespace passa::cli::job_pause {

struct Args {
    std::string job;
    std::optional<std::string> event;
    std::optional<std::string> treasury;
    std::string reason;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto named = named_job(ctx, {args.job, args.event, args.treasury});
    const auto reason = reason_of(args.reason);
    runner::pause(make_worker(ctx, {}), named.job, named.scope, reason);
    ctx.show({{"job", named.job},
              {"scope", named.scope.empty() ? out::Value{nullptr} : out::Value{named.scope}},
              {"paused_by", ctx.actor()},
              {"reason", reason}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job pause",
    .summary = "Stop a job for a while, all of it or of one event or treasury",
    .details = "Who works on it ends the item at hand and stops; by hand it is refused with exit 75, and what runs by "
               "itself does nothing until passa job resume, and then makes up for the periods it missed. Paused of one "
               "event, a run over all events leaves that one out. Who paused it, and why, stays in passa audit list.",
    .options = {positional("JOB", &Args::job, "Which job: passa job list, or a declared one"),
                option("event", &Args::event, "NAME", "Only of this event"),
                option("treasury", &Args::treasury, "NAME", "Only of this treasury"),
                option("reason", &Args::reason, "TEXT", "Why")},
    .examples = {{"passa job pause settle --event nairobi-live --reason 'refunds are being sorted out'",
                  "other events go on"},
                 {"passa job pause nightly --reason 'the books are being mended'", "what a declared job does"}},
    .exits = {{ExitCode::busy, "it is paused already"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_pause
