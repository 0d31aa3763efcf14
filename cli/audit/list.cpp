// passa audit list: who did what, from declaring an event to closing a break.
#include "cli/context.hpp"
#include "cli/spec/limited.hpp"
#include "lib/audit/trail.hpp"

namespace passa::cli::audit_list {

struct Args {
    std::optional<Instant> since;
    std::optional<std::string> actor;
    RowLimit limit{200};
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto acts = ctx.read([&](db::Transaction& tx) {
        return audit::load_trail(tx, org, {args.since, args.actor, args.limit.rows});
    });
    out::Records records;
    for (const auto& act : acts)
        records.push_back({{"at", act.at},
                           {"actor", act.actor},
                           {"action", act.action},
                           {"subject", act.subject},
                           {"details", act.details}});
    ctx.list({{"at", "AT"}, {"actor", "ACTOR"}, {"action", "ACTION"}, {"subject", "SUBJECT"}, {"details", "DETAILS"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "audit list",
    .summary = "List who did what, and when",
    .options = {option("since", &Args::since, "INSTANT", "Only what was done at or after it"),
                option("actor", &Args::actor, "NAME", "Only what this person or job did"), limit_option(&Args::limit)},
    .examples = {{"passa audit list --since 2026-11-01T00:00:00Z", "this month's acts, oldest first"}},
    .run = runner(run),
};

} // namespace passa::cli::audit_list
