// passa job dead list: what was given up and waits for a person.
#include "cli/context.hpp"
#include "cli/spec/limited.hpp"
#include "jobs/jobs.hpp"
#include "lib/runner/dead.hpp"

namespace passa::cli::job_dead_list {

struct Args {
    std::optional<std::string> job;
    RowLimit limit{200};
};

ExitCode run(Context& ctx, const Args& args) {
    if (args.job) jobs::get_kind(*args.job); // else a wrong name would look like nothing
    const auto org = ctx.organizer();
    out::Records records;
    for (const auto& dead : ctx.read([&](auto& tx) { return runner::load_dead(tx, org, args.job, args.limit.rows); }))
        records.push_back({{"run", dead.run.text()},
                           {"job", dead.job},
                           {"scope", dead.scope.empty() ? out::Value{nullptr} : out::Value{dead.scope}},
                           {"item", dead.item.key},
                           {"tries", dead.item.tries},
                           {"error_code", dead.item.error_code},
                           {"error", dead.item.error},
                           {"ended_at", dead.item.at}});
    ctx.list({{"run", "RUN"}, {"job", "JOB"}, {"item", "ITEM"}, {"tries", "TRIES"}, {"error", "ERROR"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job dead list",
    .summary = "List the items that were given up and wait for a decision",
    .options = {option("job", &Args::job, "NAME", "Only of this job"), limit_option(&Args::limit)},
    .examples = {{"passa job dead list", "newest first, each with its error"}},
    .run = runner(run),
};

} // namespace passa::cli::job_dead_list
