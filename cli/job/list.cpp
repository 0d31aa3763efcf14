// passa job list: the jobs there are.
#include "cli/context.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli::job_list {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    out::Records records;
    for (const auto& kind : jobs::kinds())
        records.push_back({{"name", kind.name},
                           {"scope", kind.scope.empty() ? out::Value{nullptr} : out::Value{kind.scope}},
                           {"summary", kind.summary}});
    ctx.list({{"name", "NAME"}, {"scope", "SCOPE"}, {"summary", "SUMMARY"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job list",
    .summary = "List the jobs there are",
    .examples = {{"passa job list", "what can be run unattended"}},
    .run = runner(run),
};

} // namespace passa::cli::job_list
