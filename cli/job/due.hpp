// The periods of a declared job that are due.
#pragma once
#include "cli/job/worker.hpp"
#include "lib/runner/declared.hpp"
#include "lib/runner/pause.hpp"

namespace passa::cli {

// What is due is decided by the database's clock, as leases are: a worker whose own is ahead would do the periods of
// the future, and those that come would be done.
Instant time_of_books(Context& ctx);

runner::Declared get_declared(Context& ctx, const std::string& name); // error job.unknown

// As the job that asked for the run is declared now; nobody declared it, or no longer does: as fast as they come.
std::optional<int> rate_of(Context& ctx, const runner::Run& run);

struct DueWish {
    std::optional<Instant> until = {};            // none that ends later; default: now
    std::optional<std::int64_t> max_catchup = {}; // default: as declared
};
struct Due {
    runner::Declared declared;
    std::vector<runner::RunKey> periods; // oldest first
    bool has_more = false;               // left for the next call
};
Due load_due(Context& ctx, const runner::Declared& declared, const DueWish& wish); // errors job.period, job.catchup

struct Worked {
    std::vector<runner::Run> runs;
    Problems problems;
    std::optional<ExitCode> stopped; // at the last of them, which did not end
};
Worked work_through(Context& ctx, const std::vector<runner::RunKey>& periods, const Call& call);

std::optional<runner::Pause> find_pause(Context& ctx, const runner::Declared& declared); // that stops it

// Runs them up to the first that does not end, and shows the runs.
ExitCode run_due(Context& ctx, const Due& due, const Call& call);

void show_plan(Context& ctx, const std::vector<runner::RunKey>& periods, const Call& call); // what a dry run shows

} // namespace passa::cli
