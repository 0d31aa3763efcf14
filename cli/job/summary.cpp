// The exit code is the one that main will give for the same.
#include "cli/job/summary.hpp"

#include "cli/out/problem.hpp"

#include <chrono>

namespace passa::cli {

void sum_up(log::Summary& summary, const runner::Run& run) {
    summary.run_id = run.id.text();
    summary.state = runner::name(run.state);
    summary.counts = run.counts;
    summary.error_code = run.error_code;
    summary.error = run.error;
}

ExitCode summed_up(std::string job, const std::function<ExitCode(log::Summary& summary)>& work) {
    log::Summary summary{.job = std::move(job)};
    const auto began = std::chrono::steady_clock::now();
    const auto say = [&](ExitCode code) {
        summary.exit_code = static_cast<int>(code);
        summary.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began);
        log::write(summary);
    };
    try {
        const auto code = work(summary);
        say(code == ExitCode::ok && out::find_lost_result() ? ExitCode::failed : code);
        return code;
    } catch (const Error& error) {
        if (summary.error_code.empty()) { // it came to no end of a run
            summary.error_code = error.first().code;
            summary.error = error.first().message;
        }
        say(out::exit_code_of(error.problems()));
        throw;
    }
}

} // namespace passa::cli
