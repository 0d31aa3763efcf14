// Work on a run, whichever command asked for it: the same worker, the same words, the same exit code.
#pragma once
#include "cli/job/summary.hpp"
#include "lib/runner/run.hpp"

namespace passa::cli {

// Shows the run with its items. Errors: those of runner::execute, and what the run gave up or was stopped by.
// The summary is filled in.
ExitCode work_on(Context& ctx, const runner::RunKey& key, log::Summary& summary);

std::vector<ExitNote> work_exits(); // of job run and job resume

} // namespace passa::cli
