// passa job list: the jobs there are.
#include "cli/context.hpp"
#include "jobs/jobs.hpp"
#include "lib/runner/declared.hpp"

namespace passa::cli::job_list {

struct Args {
    bool declared = false;
};

namespace {

ExitCode list_declared(Context& ctx) {
    const auto org = ctx.organizer();
    const auto now = ctx.clock().now();
    const auto records = ctx.read([&](db::Transaction& tx) {
        out::Records all;
        for (const auto& each : runner::load_declared(tx, org, now)) {
            const auto due = runner::load_due(tx, org, each, {now});
            all.push_back({{"name", each.name},
                           {"job", each.job},
                           {"scope", each.scope.empty() ? out::Value{nullptr} : out::Value{each.scope}},
                           {"schedule", each.schedule},
                           {"due", static_cast<std::int64_t>(due.size())},
                           {"oldest_due", due.empty() ? out::Value{nullptr} : out::Value{due.front().until}},
                           {"next", each.next}});
        }
        return all;
    });
    ctx.list({{"name", "NAME"},
              {"job", "JOB"},
              {"scope", "SCOPE"},
              {"schedule", "SCHEDULE"},
              {"due", "DUE"},
              {"oldest_due", "OLDEST"},
              {"next", "NEXT"}},
             records);
    return ExitCode::ok;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.declared) return list_declared(ctx);
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
    .options = {flag("declared", &Args::declared, "Those of your manifests, and how many of their periods are due")},
    .examples = {{"passa job list", "what can be run unattended"},
                 {"passa job list --declared", "what runs by itself, and what it has missed"}},
    .run = runner(run),
};

} // namespace passa::cli::job_list
