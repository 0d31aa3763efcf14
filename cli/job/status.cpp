// passa job status: the newest runs.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/records.hpp"
#include "cli/spec/limited.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli::job_status {

struct Args {
    std::optional<std::string> job;
    RowLimit limit{50};
};

ExitCode run(Context& ctx, const Args& args) {
    runner::RunFilter filter{.job = {}, .id = {}, .limit = args.limit.rows};
    if (args.job && jobs::find_kind(*args.job) != nullptr)
        filter.job = args.job;
    else if (args.job)
        filter.declared = get_declared(ctx, *args.job).name; // else a wrong name would look like no runs
    const auto org = ctx.organizer();
    const auto runs = ctx.read([&](db::Transaction& tx) { return runner::load_runs(tx, org, filter); });
    out::Records records;
    for (const auto& each : runs) records.push_back(run_record(each));
    ctx.list({{"run", "RUN"},
              {"job", "JOB"},
              {"scope", "SCOPE"},
              {"until", "UNTIL"},
              {"state", "STATE"},
              {"exit_code", "EXIT"},
              {"error", "ERROR"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job status",
    .summary = "List the newest runs of jobs, and how they ended",
    .options = {option("job", &Args::job, "NAME", "Only this job: passa job list, or a declared one"),
                limit_option(&Args::limit)},
    .examples = {{"passa job status --job settle --limit 1", "how the last one ended"}},
    .run = runner(run),
};

} // namespace passa::cli::job_status
