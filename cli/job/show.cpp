// passa job show: one run with its items.
#include "cli/context.hpp"
#include "cli/job/records.hpp"

namespace passa::cli::job_show {

struct Args {
    JobRunId run;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    auto record = ctx.read([&](db::Transaction& tx) {
        auto shown = run_record(runner::get_run(tx, org, args.run));
        shown.emplace_back("items", item_records(runner::load_items(tx, org, args.run)));
        return shown;
    });
    ctx.show(record);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job show",
    .summary = "Show one run of a job with its items",
    .options = {positional("RUN", &Args::run, "The run")},
    .examples = {{"passa job show job_01j9zq8v3k5m7n2p4r6s8t0w1x", "what it did, and why an item was given up"}},
    .run = runner(run),
};

} // namespace passa::cli::job_show
