// passa job run: do what is due, under a run that is recorded, once.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/wish.hpp"
#include "cli/job/worker.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli::job_run {

struct Args : KeyWish {
    std::string job;
    std::optional<std::string> event;
    std::optional<std::string> treasury;
    std::optional<Instant> from;
    std::optional<Instant> until;
    std::optional<std::int64_t> max_catchup;
    std::optional<Duration> jitter;
    std::optional<Duration> timeout;
    std::optional<std::int64_t> rate;
};

namespace {

std::optional<int> rate_of(const Args& args) {
    constexpr std::int64_t k_fastest = 60'000;
    if (!args.rate) return std::nullopt;
    if (*args.rate >= 1 && *args.rate <= k_fastest) return static_cast<int>(*args.rate);
    throw Error{{Kind::usage, "job.rate", fmt::format("--rate is from 1 to {}", k_fastest),
                 "leave it out: as declared, or as fast as they come"}};
}

// The period asked for; without one, now: a run of its own each time.
runner::RunKey key_of(Context& ctx, const jobs::JobKind& kind, const Args& args) {
    const auto now = time_of_books(ctx);
    const auto until = args.until.value_or(now);
    if (args.from.has_value() != args.until.has_value() || args.from.value_or(until) > until)
        throw Error{{Kind::usage, "job.period", "a period has a beginning and an end, in this order",
                     "give both: --from INSTANT --until INSTANT"}};
    if (until > now)
        throw Error{{Kind::usage, "job.period", fmt::format("the period ends only at {}", to_text(until)),
                     "run it when it is over"}};
    return {std::string{kind.name}, scope_of(kind, {args.job, args.event, args.treasury}).value_or(""),
            args.from.value_or(until), until};
}

runner::RunKey key_by_hand(Context& ctx, const jobs::JobKind& kind, const Args& args) {
    if (args.max_catchup)
        throw Error{{Kind::usage, "job.by_hand", fmt::format("{} by hand has no missed periods", kind.name),
                     "--max-catchup is of declared jobs: passa job list --declared"}};
    return key_of(ctx, kind, args);
}

ExitCode run_by_hand(Context& ctx, const jobs::JobKind& kind, const Args& args) {
    if (!ctx.globals().dry_run)
        return summed_up(args.job, [&](log::Summary& summary) {
            const auto key = key_by_hand(ctx, kind, args);
            auto call = make_call(args.timeout);
            call.items_per_minute = rate_of(args);
            call.paying = agree(ctx, key, args);
            return work_on(ctx, key, call, summary);
        });
    const auto key = key_by_hand(ctx, kind, args);
    show_plan(ctx, {key}, {.paying = rehearse(ctx, key)});
    return ExitCode::ok;
}

Due find_due(Context& ctx, const Args& args) {
    const auto declared = get_declared(ctx, args.job);
    if (args.from || args.event || args.treasury)
        throw Error{{Kind::usage, "job.declared",
                     fmt::format("{} says itself what it is about, and when", declared.name),
                     "leave --from, --event and --treasury out; --until leaves out later periods"}};
    return load_due(ctx, declared, {args.until, args.max_catchup});
}

ExitCode run_declared(Context& ctx, const Args& args) {
    std::optional<Due> due;
    Call call;
    try {
        due = find_due(ctx, args);
        call = make_call(args.timeout ? args.timeout : due->declared.timeout);
        call.declared = due->declared.name;
        call.items_per_minute = args.rate ? rate_of(args) : due->declared.items_per_minute;
        call.paying = agree(ctx, due->declared, args);
    } catch (const Error&) { // before any run: the log has it, too
        return summed_up(args.job, [](log::Summary&) -> ExitCode { throw; });
    }
    return run_due(ctx, *due, call);
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.jitter && !ctx.globals().dry_run && !wait_at_random(ctx, *args.jitter)) return ctx.stop().exit_code();
    const auto* kind = jobs::find_kind(args.job);
    return kind == nullptr ? run_declared(ctx, args) : run_by_hand(ctx, *kind, args);
}

extern const Command k_command = {
    .path = "job run",
    .summary = "Do what is due, under a run that is recorded",
    .details =
        "A run is (job, scope, period), once: with --from and --until a second call finds it done, and goes on with "
        "one that was interrupted, as passa job resume does. Without a period it is a run of its own, now. A declared "
        "job (a manifest of kind Job, by its name) runs the periods that are over and not done, oldest first, at most "
        "--max-catchup of them; one that failed is tried again before any later one, until it is done or skipped with "
        "passa job cancel; nothing is run while it is paused. Items are "
        "done one by one. What "
        "passes by itself (a lock, a server that is away, a lost answer) is tried again, five times in all, and then "
        "left "
        "for the next attempt: exit 75; an item that fails for good is given up and named, while the others are done. "
        "One worker at a time has a job and "
        "scope: another one gets exit 75, and one that lost its lease commits nothing. Ctrl-C, TERM and --timeout end "
        "after the item at hand; a file that import-watch has not begun to book is left at once by Ctrl-C and TERM. A "
        "job that pays sends approved batches on one network alone: the one that --yes or "
        "--network names, or the declaration. One line of the log for each run, topic summary, says how it ended, even "
        "with "
        "--quiet.",
    .options = with_key<Args>(
        {positional("JOB", &Args::job, "Which job: passa job list, or a declared one"),
         option("event", &Args::event, "NAME", "Only this event"),
         option("treasury", &Args::treasury, "NAME", "Only this treasury"),
         option("from", &Args::from, "INSTANT", "Beginning of the period"),
         option("until", &Args::until, "INSTANT",
                "End of the period, exclusive; of a declared job: no period that ends later"),
         option("max-catchup", &Args::max_catchup, "N",
                "Of a declared job: at most so many missed periods; default: as declared"),
         option("jitter", &Args::jitter, "DURATION", "Wait first, for anything up to this, such as 5m"),
         option("rate", &Args::rate, "N", "Begin at most N items a minute; default: as declared, or as they come"),
         option("timeout", &Args::timeout, "DURATION",
                "Stop after the item at hand when so long has passed, such as 30m; default: as declared")}),
    .examples = {{"passa job run settle", "every event, up to now"},
                 {"passa job run nightly --quiet --jitter 5m", "a declared job, from a timer"},
                 {"passa job run nightly --dry-run", "which periods and items are due"},
                 {"passa job run payout --yes standalone --passphrase-file pass.txt",
                  "send what was approved, without anybody to ask"},
                 {"passa job run reconcile --quiet --json", "once, for a script"}},
    .exits = work_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::job_run
