// One line for each time that a run is asked for, however it ends: what an operator's log is searched for.
#pragma once
#include "cli/context.hpp"
#include "lib/log/log.hpp"
#include "lib/runner/run.hpp"

namespace passa::cli {

// Does the work and writes its summary, which it fills in as far as it comes; what it throws is thrown on.
ExitCode summed_up(std::string job, const std::function<ExitCode(log::Summary& summary)>& work);
void sum_up(log::Summary& summary, const runner::Run& run);

} // namespace passa::cli
