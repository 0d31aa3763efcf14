// Load, run one after another, show.
#include "cli/job/due.hpp"

#include "cli/job/records.hpp"
#include "cli/job/worker.hpp"
#include "cli/out/problem.hpp"
#include "cli/payout/desk.hpp"
#include "jobs/jobs.hpp"
#include "lib/runner/pause.hpp"

namespace passa::cli {
namespace {

void say_what_is_next(Context& ctx, const Due& due) {
    const auto& declared = due.declared;
    if (due.has_more) ctx.note(fmt::format("more periods are due: run {} again", declared.name));
    if (due.periods.empty() && declared.next)
        ctx.note(fmt::format("nothing is due; the next period ends at {}", to_text(*declared.next)));
}

bool is_over(const runner::Run& run) {
    return run.state != runner::RunState::running && run.state != runner::RunState::failed;
}

} // namespace

Instant time_of_books(Context& ctx) {
    if (dynamic_cast<const FixedClock*>(&ctx.clock()) != nullptr) return ctx.clock().now(); // a test owns all time
    return ctx.read([](auto& tx) { return runner::get_time(tx); });
}

runner::Declared get_declared(Context& ctx, const std::string& name) {
    const auto org = ctx.organizer();
    const auto now = time_of_books(ctx);
    const auto all = ctx.read([&](auto& tx) { return runner::load_declared(tx, org, now); });
    std::vector<std::string> names;
    for (const auto& each : all) {
        if (each.name == name) return each;
        names.push_back(each.name);
    }
    jobs::get_kind(name, names);
    throw Error{{Kind::usage, "job.unknown", fmt::format("there is no declared job {}", name),
                 "see them with: passa job list --declared"}};
}

std::optional<int> rate_of(Context& ctx, const runner::Run& run) {
    if (run.declared.empty()) return std::nullopt;
    const auto org = ctx.organizer();
    const auto now = time_of_books(ctx);
    const auto declared = ctx.read([&](auto& tx) { return runner::find_declared(tx, org, run.declared, now); });
    return declared ? declared->items_per_minute : std::nullopt;
}

std::optional<runner::Pause> find_pause(Context& ctx, const runner::Declared& declared) {
    const auto org = ctx.organizer();
    const auto pauses =
        ctx.read([&](auto& tx) { return runner::find_pauses(tx, org, declared.job, {declared.scope}); });
    return pauses.empty() ? std::nullopt : std::optional{pauses.front()};
}

Due load_due(Context& ctx, const runner::Declared& declared, const DueWish& wish) {
    const auto now = time_of_books(ctx);
    const auto until = wish.until.value_or(now);
    if (until > now)
        throw Error{{Kind::usage, "job.period", fmt::format("the period ends only at {}", to_text(until)),
                     "run it when it is over"}};
    const auto most = wish.max_catchup.value_or(declared.max_catchup);
    if (most < 1)
        throw Error{{Kind::usage, "job.catchup", "--max-catchup is at least 1",
                     "to leave a period out for good: passa job cancel"}};
    const auto org = ctx.organizer();
    Due due{.declared = declared};
    due.periods = ctx.read([&](auto& tx) { return runner::load_due(tx, org, declared, {until, most + 1}); });
    due.has_more = due.periods.size() > static_cast<std::size_t>(most);
    if (due.has_more) due.periods.pop_back();
    return due;
}

Worked work_through(Context& ctx, const std::vector<runner::RunKey>& periods, const Call& call) {
    Worked worked;
    for (const auto& key : periods) {
        const auto code = summed_up(key.job, [&](log::Summary& summary) {
            const auto report = work(ctx, key, call);
            sum_up(summary, report.run);
            worked.runs.push_back(report.run);
            const auto found = conclude(ctx, report);
            worked.problems.insert(worked.problems.end(), found.begin(), found.end());
            return found.empty() ? static_cast<ExitCode>(report.run.exit_code.value_or(0)) : out::exit_code_of(found);
        });
        if (is_over(worked.runs.back())) continue;
        worked.stopped = code;
        break;
    }
    return worked;
}

ExitCode run_due(Context& ctx, const Due& due, const Call& call) {
    const auto& declared = due.declared;
    say_what_is_next(ctx, due);
    if (ctx.globals().dry_run) {
        show_plan(ctx, due.periods, call);
        return ExitCode::ok;
    }
    const auto pause = find_pause(ctx, declared);
    if (pause || due.periods.empty())
        summed_up(declared.job, [&](log::Summary& summary) {
            summary.state = pause ? "paused" : "nothing due";
            return ExitCode::ok;
        });
    if (pause) {
        ctx.show({{"declared", declared.name}, {"runs", out::Records{}}});
        ctx.note(runner::paused(*pause).first().message);
        return ExitCode::ok;
    }
    const auto worked = work_through(ctx, due.periods, call);
    out::Records runs;
    for (const auto& run : worked.runs) runs.push_back(run_record(run));
    ctx.show({{"declared", declared.name}, {"runs", runs}});
    if (!worked.problems.empty()) throw Error{worked.problems};
    return worked.stopped.value_or(ExitCode::ok);
}

void show_plan(Context& ctx, const std::vector<runner::RunKey>& periods, const Call& call) {
    const auto books = make_desk(ctx);
    out::Records plan;
    for (const auto& key : periods) {
        const auto job = make_job(ctx, key, {books, call});
        for (const auto& item : job.plan()) {
            plan.push_back({{"from", key.from}, {"until", key.until}, {"item", item}});
            if (!job.foresee) continue;
            const auto counts = job.foresee(item);
            plan.back().emplace_back("counts", counts ? out::Value{out::JsonText{runner::counts_json(*counts)}}
                                                      : out::Value{nullptr});
        }
    }
    ctx.show({{"plan", plan}});
    ctx.note("dry run: nothing was done");
}

} // namespace passa::cli
