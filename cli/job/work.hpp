// Work on a run, whichever command asked for it: the same worker, the same words, the same exit code.
#pragma once
#include "cli/context.hpp"
#include "lib/runner/run.hpp"

namespace passa::cli {

// Shows the run with its items. Errors: those of runner::execute, and what the run gave up or was stopped by.
ExitCode work_on(Context& ctx, const runner::RunKey& key);

std::vector<ExitNote> work_exits(); // of job run and job resume

} // namespace passa::cli
