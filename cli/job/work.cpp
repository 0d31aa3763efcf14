// Puts the worker and the job together.
#include "cli/job/work.hpp"

#include "cli/environment.hpp"
#include "cli/job/records.hpp"
#include "cli/payout/desk.hpp"
#include "cli/version.hpp"
#include "jobs/jobs.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace passa::cli {
namespace {

// In steps, so that Ctrl-C and TERM are heard.
void sleep_until_asked(Stop& stop, Duration time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!stop.requested() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

runner::Desk make_worker(Context& ctx) {
    auto& stop = ctx.stop();
    return {ctx.db(),
            ctx.organizer(),
            ctx.ids(),
            ctx.actor(),
            worker_name(),
            code_version(),
            [&stop] { return stop.requested() ? std::optional{stop.exit_code()} : std::nullopt; },
            [&ctx](std::string_view what) { ctx.note(what); }};
}

// What the process says and how it ends: as the run's row has it, whoever wrote it.
ExitCode conclude(Context& ctx, const runner::Report& report) {
    const auto& run = report.run;
    if (run.state == runner::RunState::running)
        ctx.note(
            fmt::format("stopped before the end: what is done stays done; go on with: passa job resume {}", run.id));
    if (report.was_ended)
        ctx.note(fmt::format("this run was ended before, {}: nothing was done now",
                             run.error.empty() ? "without an error" : "and said: " + run.error));
    if (report.problems.empty()) return static_cast<ExitCode>(run.exit_code.value());
    auto problems = report.problems;
    const auto dead = std::count_if(report.items.begin(), report.items.end(), [](const auto& i) { return i.is_dead; });
    if (run.state == runner::RunState::partial)
        problems.insert(problems.begin(), {Kind::partial, "job.partial",
                                           fmt::format("{} of {} items {} given up", dead, report.items.size(),
                                                       dead == 1 ? "was" : "were"),
                                           fmt::format("each is named in: passa job show {}", run.id)});
    throw Error{problems};
}

} // namespace

std::vector<ExitNote> work_exits() {
    return {{ExitCode::partial, "some items were given up; each is named"},
            {ExitCode::open_breaks, "reconcile: a break is open"},
            {ExitCode::balance_gap, "the books or the chain do not add up"},
            {ExitCode::busy, "another worker has this job, or what it needs stayed away: run it again"},
            {ExitCode::interrupted, "stopped by Ctrl-C: go on with passa job resume"},
            {ExitCode::terminated, "stopped by TERM: go on with passa job resume"}};
}

ExitCode work_on(Context& ctx, const runner::RunKey& key, log::Summary& summary) {
    const auto& kind = jobs::get_kind(key.job);
    const auto books = make_desk(ctx);
    const jobs::Desk desk{books, [&](const std::string& treasury) { return ctx.make_rail({treasury}); },
                          key.scope.empty() ? std::nullopt : std::optional{key.scope}, key.until};
    const runner::Pace pace{ctx.random(), [&](Duration time) { sleep_until_asked(ctx.stop(), time); }};
    const auto report = runner::execute(make_worker(ctx), key, kind.make(desk), pace);
    sum_up(summary, report.run);
    auto record = run_record(report.run);
    record.emplace_back("items", item_records(report.items));
    ctx.show(record);
    return conclude(ctx, report);
}

} // namespace passa::cli
