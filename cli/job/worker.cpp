// Puts the worker and the job together.
#include "cli/job/worker.hpp"

#include "cli/contract/chain.hpp"
#include "cli/db/backup_key.hpp"
#include "cli/db/copies.hpp"
#include "cli/environment.hpp"
#include "cli/job/records.hpp"
#include "cli/payout/desk.hpp"
#include "cli/sale/profile_folder.hpp"
#include "cli/version.hpp"
#include "jobs/jobs.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

namespace passa::cli {
namespace {

using Steady = std::chrono::steady_clock;

// The exit code for it, when it was asked to or has no more time.
std::optional<ExitCode> find_stop(const Stop& stop, const Call& call) {
    call.checkpoint();
    if (stop.requested()) return stop.exit_code();
    if (call.deadline && Steady::now() >= *call.deadline) return ExitCode::busy;
    return std::nullopt;
}

void say_where_it_stands(Context& ctx, const runner::Report& report) {
    const auto& run = report.run;
    const bool is_late = run.exit_code == static_cast<int>(ExitCode::busy);
    if (run.error_code == "job.paused" && run.state == runner::RunState::running)
        ctx.note(fmt::format("{}; what is done stays done; after the pause go on with: passa job resume {}", run.error,
                             run.id));
    else if (run.state == runner::RunState::running)
        ctx.note(fmt::format("{}: what is done stays done; go on with: passa job resume {}",
                             is_late ? "its time is over" : "stopped before the end", run.id));
    if (!report.was_ended) return;
    if (run.state == runner::RunState::skipped)
        ctx.note(fmt::format("this run was skipped by {}: {}; nothing was done now", run.skipped_by, run.skip_reason));
    else
        ctx.note(fmt::format("this run was ended before, {}: nothing was done now",
                             run.error.empty() ? "without an error" : "and said: " + run.error));
}

} // namespace

Call make_call(const std::optional<Duration>& timeout) {
    if (!timeout) return {};
    return {.deadline = Steady::now() + *timeout};
}

void sleep_until_asked(Context& ctx, const Call& call, Duration time) {
    const auto& stop = ctx.stop();
    const auto until = Steady::now() + time;
    while (!find_stop(stop, call) && Steady::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

bool wait_at_random(Context& ctx, Duration most, const Call& call) {
    sleep_until_asked(ctx, call, runner::wait_before(2, {.base = most, .cap = most}, ctx.random()));
    return !ctx.stop().requested();
}

runner::Desk make_worker(Context& ctx, const Call& call) {
    auto& stop = ctx.stop();
    return {ctx.db(),
            ctx.organizer(),
            ctx.ids(),
            ctx.actor(),
            worker_name(),
            code_version(),
            call.declared,
            [&stop, call] { return find_stop(stop, call); },
            [&ctx](std::string_view what) { ctx.note(what); }};
}

runner::Job make_job(Context& ctx, const runner::RunKey& key, const Books& books) {
    auto call = books.call;
    call.checkpoint = [gate = std::make_shared<std::mutex>(), tell = call.checkpoint] { // many lanes ask
        const std::lock_guard lock{*gate};
        tell();
    };
    payout::Patience patience;
    patience.wait = [&ctx, call](Duration time) { sleep_until_asked(ctx, call, time); };
    patience.stop = [&stop = ctx.stop(), call] { return find_stop(stop, call).has_value(); };
    patience.say = [](std::string_view what) { log::info("payout", "{}", what); };
    return jobs::get_kind(key.job).make(
        {books.desk,
         [&ctx](const std::string& treasury) { return ctx.make_rail({treasury}); },
         key.scope.empty() ? std::nullopt : std::optional{key.scope},
         key.until,
         [&ctx, source = call.paying.key](const std::string& treasury) {
             return ctx.make_rail({treasury, source});
         },
         [&ctx, source = call.paying.key](const std::string& treasury, const payout::Channel& channel) {
             return ctx.make_rail({treasury, source, false, {{channel.number, channel.address}}});
         },
         call.paying.network,
         patience,
         [&ctx] { return ctx.stop().requested(); },
         profile_folder(ctx),
         [&ctx] { return own_key(ctx); },
         {[&ctx](const runner::Upkeep& upkeep) { return find_newest_copy(ctx, upkeep); },
          [&ctx, call](const runner::Upkeep& upkeep) { return make_copy(ctx, upkeep, call.checkpoint); }},
         contract::make_chain(ctx, call.paying.key)});
}

runner::Report work(Context& ctx, const runner::RunKey& key, const Call& call) {
    const auto books = make_desk(ctx);
    SteadyClock steady;
    const runner::Pace pace{
        ctx.random(), [&](Duration time) { sleep_until_asked(ctx, call, time); }, steady, {}, call.items_per_minute};
    return runner::execute(make_worker(ctx, call), key, make_job(ctx, key, {books, call}), pace);
}

Problems conclude(Context& ctx, const runner::Report& report) {
    say_where_it_stands(ctx, report);
    auto problems = report.problems;
    const auto dead = std::count_if(report.items.begin(), report.items.end(),
                                    [](const auto& i) { return i.state == runner::ItemState::dead; });
    if (dead > 0 && !problems.empty() && report.run.state == runner::RunState::partial)
        problems.insert(problems.begin(), {Kind::partial, "job.partial",
                                           fmt::format("{} of {} items {} given up", dead, report.items.size(),
                                                       dead == 1 ? "was" : "were"),
                                           fmt::format("each is named in: passa job show {}", report.run.id)});
    return problems;
}

std::vector<ExitNote> work_exits() {
    return {
        {ExitCode::partial, "some items were given up; each is named"},
        {ExitCode::open_breaks, "reconcile: a break is open"},
        {ExitCode::balance_gap, "the books or the chain do not add up"},
        {ExitCode::busy, "another worker has this job, what it needs stayed away, or its time is over: run it again"},
        {ExitCode::interrupted, "stopped by Ctrl-C: go on with passa job resume"},
        {ExitCode::terminated, "stopped by TERM: go on with passa job resume"}};
}

ExitCode work_on(Context& ctx, const runner::RunKey& key, const Call& call, log::Summary& summary) {
    const auto report = work(ctx, key, call);
    sum_up(summary, report.run);
    auto record = run_record(report.run);
    record.emplace_back("items", item_records(report.items));
    ctx.show(record);
    const auto problems = conclude(ctx, report);
    if (!problems.empty()) throw Error{problems};
    return static_cast<ExitCode>(report.run.exit_code.value_or(static_cast<int>(ExitCode::ok))); // skipped has none
}

} // namespace passa::cli
