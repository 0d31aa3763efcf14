// passa job list: the jobs there are.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "jobs/jobs.hpp"
#include "lib/runner/circuit.hpp"
#include "lib/runner/declared.hpp"
#include "lib/runner/pause.hpp"

namespace passa::cli::job_list {

struct Args {
    bool declared = false;
    bool paused = false;
};

namespace {

// Of a server that stays away.
out::Value waits_until(db::Transaction& tx, OrganizerId org, const runner::Declared& declared) {
    const auto circuit = runner::find_circuit(tx, org, {declared.job, declared.scope});
    return circuit && circuit->is_open ? out::Value{*circuit->open_until} : out::Value{nullptr};
}

ExitCode list_declared(Context& ctx) {
    const auto org = ctx.organizer();
    const auto now = time_of_books(ctx);
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
                           {"next", each.next},
                           {"paused", !runner::find_pauses(tx, org, each.job, {each.scope}).empty()},
                           {"waits_until", waits_until(tx, org, each)}});
        }
        return all;
    });
    ctx.list({{"name", "NAME"},
              {"job", "JOB"},
              {"scope", "SCOPE"},
              {"schedule", "SCHEDULE"},
              {"due", "DUE"},
              {"oldest_due", "OLDEST"},
              {"next", "NEXT"},
              {"paused", "PAUSED"}},
             records);
    return ExitCode::ok;
}

ExitCode list_paused(Context& ctx) {
    const auto org = ctx.organizer();
    out::Records records;
    for (const auto& each : ctx.read([&](auto& tx) { return runner::load_pauses(tx, org); }))
        records.push_back({{"name", each.job},
                           {"scope", each.scope.empty() ? out::Value{nullptr} : out::Value{each.scope}},
                           {"paused_by", each.by},
                           {"paused_at", each.at},
                           {"reason", each.reason}});
    ctx.list({{"name", "NAME"}, {"scope", "SCOPE"}, {"paused_by", "BY"}, {"paused_at", "AT"}, {"reason", "REASON"}},
             records);
    return ExitCode::ok;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.declared && args.paused)
        throw Error{
            {Kind::usage, "job.one_list", "--declared and --paused are two different lists", "choose one of them"}};
    if (args.paused) return list_paused(ctx);
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
    .options = {flag("declared", &Args::declared, "Those of your manifests, and how many of their periods are due"),
                flag("paused", &Args::paused, "What passa job pause has stopped, by whom and why")},
    .examples = {{"passa job list", "what can be run unattended"},
                 {"passa job list --declared", "what runs by itself, and what it has missed"}},
    .run = runner(run),
};

} // namespace passa::cli::job_list
