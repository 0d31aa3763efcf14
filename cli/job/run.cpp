// passa job run: do what is due, under a run that is recorded, once.
#include "cli/context.hpp"
#include "cli/job/work.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli::job_run {

struct Args {
    std::string job;
    std::optional<std::string> event;
    std::optional<std::string> treasury;
    std::optional<Instant> from;
    std::optional<Instant> until;
};

namespace {

std::optional<std::string> scope_of(const jobs::JobKind& kind, const Args& args) {
    const auto given = [&](const char* word, const std::optional<std::string>& name) {
        if (name && kind.scope != word)
            throw Error{{Kind::usage, "job.scope", fmt::format("the job {} has no --{}", kind.name, word),
                         kind.scope.empty() ? std::string{"leave it out"} : fmt::format("it takes --{}", kind.scope)}};
        return name;
    };
    const auto event = given("event", args.event);
    const auto treasury = given("treasury", args.treasury);
    return event ? event : treasury;
}

// The period asked for; without one, now: a run of its own each time.
runner::RunKey key_of(Context& ctx, const jobs::JobKind& kind, const Args& args) {
    const auto now = ctx.clock().now();
    const auto until = args.until.value_or(now);
    if (args.from.has_value() != args.until.has_value() || args.from.value_or(until) > until)
        throw Error{{Kind::usage, "job.period", "a period has a beginning and an end, in this order",
                     "give both: --from INSTANT --until INSTANT"}};
    if (until > now)
        throw Error{{Kind::usage, "job.period", fmt::format("the period ends only at {}", to_text(until)),
                     "run it when it is over"}};
    return {std::string{kind.name}, scope_of(kind, args).value_or(""), args.from.value_or(until), until};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    return summed_up(args.job, [&](log::Summary& summary) {
        return work_on(ctx, key_of(ctx, jobs::get_kind(args.job), args), summary);
    });
}

extern const Command k_command = {
    .path = "job run",
    .summary = "Do what is due, under a run that is recorded",
    .details =
        "A run is (job, scope, period), once: with --from and --until a second call finds it done, and goes on with "
        "one that was interrupted, as passa job resume does. Without a period it is a run of its own, now. Items are "
        "done one by one. What "
        "passes by itself (a lock, a server that is away, a lost answer) is tried again, five times in all, and then "
        "left "
        "for the next attempt: exit 75; an item that fails for good is given up and named, while the others are done. "
        "One worker at a time has a job and "
        "scope: another one gets exit 75, and one that lost its lease commits nothing. Ctrl-C and TERM end after the "
        "item at hand. One line of the log, topic summary, says how it ended, even with --quiet.",
    .options = {positional("JOB", &Args::job, "Which job: passa job list"),
                option("event", &Args::event, "NAME", "Only this event"),
                option("treasury", &Args::treasury, "NAME", "Only this treasury"),
                option("from", &Args::from, "INSTANT", "Beginning of the period"),
                option("until", &Args::until, "INSTANT", "End of the period, exclusive")},
    .examples = {{"passa job run settle", "every event, up to now"},
                 {"passa job run reconcile --quiet --json", "from a timer"}},
    .exits = work_exits(),
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_run
