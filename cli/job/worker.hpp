// Work on a run, whichever command asked for it: the same worker, the same words, the same exit code.
#pragma once
#include "cli/job/paying.hpp"
#include "cli/job/summary.hpp"
#include "lib/payout/payout.hpp"
#include "lib/runner/runner.hpp"

#include <chrono>

namespace passa::cli {

// What one call may take, and for whom it asks.
struct Call {
    std::optional<std::chrono::steady_clock::time_point> deadline = {}; // stops after the item at hand
    std::string declared = {};                                          // the declared job; none: a person asks
    std::function<void()> checkpoint = [] {};                           // between two items, and in every wait
    std::optional<int> items_per_minute = {};                           // none: as fast as they come
    Paying paying = {};                                                 // of a job that moves money
};
Call make_call(const std::optional<Duration>& timeout);

void sleep_until_asked(Context& ctx, const Call& call, Duration time); // in steps, so that Ctrl-C and TERM are heard
// A wait of anything up to `most`, so that many machines do not come at once. False: asked to stop.
bool wait_at_random(Context& ctx, Duration most, const Call& call = {});

runner::Desk make_worker(Context& ctx, const Call& call);
struct Books {
    const payout::Desk& desk;
    const Call& call;
};
runner::Job make_job(Context& ctx, const runner::RunKey& key, const Books& books);
runner::Report work(Context& ctx, const runner::RunKey& key, const Call& call);
// What a person must hear of it; says the rest to stderr.
Problems conclude(Context& ctx, const runner::Report& report);

// Shows the run with its items. Errors: those of runner::execute, and what the run gave up or was stopped by.
// The summary is filled in.
ExitCode work_on(Context& ctx, const runner::RunKey& key, const Call& call, log::Summary& summary);

std::vector<ExitNote> work_exits(); // of job run and job resume

} // namespace passa::cli
