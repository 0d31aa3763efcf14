// One row while it holds; who began and ended it, and why, stays in the audit.
#include "lib/runner/pause.hpp"

#include "runner_sql.hpp"

namespace passa::runner {
namespace {

std::string called(const std::string& job, const std::string& scope) {
    return scope.empty() ? job : fmt::format("{} {}", job, scope);
}

std::vector<Pause> load_about(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& job,
                              const std::vector<std::string>& scopes) {
    std::vector<Pause> all;
    for (const auto& row : tx.run(sql::load_pauses, organizer, job, scopes))
        all.push_back({row.get<std::string>("job"), row.get<std::string>("scope"), row.get<std::string>("paused_by"),
                       row.get<std::string>("reason"), row.get<Instant>("paused_at")});
    return all;
}

void note(db::Transaction& tx, const Desk& desk, std::string_view action, const Pause& pause) {
    tx.run(sql::audit_job, desk.organizer, desk.ids.next(), desk.actor, action,
           fmt::format("job {}", called(pause.job, pause.scope)), pause.reason);
}

} // namespace

void pause(const Desk& desk, const std::string& job, const std::string& scope, const std::string& reason) {
    db::transact(desk.db, {.organizer = desk.organizer, .what = "job.pause"}, [&](db::Transaction& tx) {
        if (tx.execute(sql::insert_pause, desk.organizer, job, scope, desk.actor, reason) != 1)
            throw paused(load_about(tx, desk.organizer, job, {scope}).front());
        note(tx, desk, "paused", {job, scope, desk.actor, reason, {}});
    });
}

void end_pause(const Desk& desk, const std::string& job, const std::string& scope, const std::string& reason) {
    db::transact(desk.db, {.organizer = desk.organizer, .what = "job.unpause"}, [&](db::Transaction& tx) {
        if (tx.execute(sql::delete_pause, desk.organizer, job, scope) != 1)
            throw Error{{Kind::not_found, "job.not_paused", fmt::format("{} is not paused", called(job, scope)),
                         "see what is: passa job list --paused"}};
        note(tx, desk, "resumed", {job, scope, desk.actor, reason, {}});
    });
}

std::vector<Pause> load_pauses(db::Transaction& tx, OrganizerId organizer) {
    return load_about(tx, organizer, std::nullopt, {});
}

std::vector<Pause> find_pauses(db::Transaction& tx, OrganizerId organizer, const std::string& job,
                               std::vector<std::string> scopes) {
    scopes.emplace_back(); // all of the job
    return load_about(tx, organizer, job, scopes);
}

Error paused(const Pause& pause) {
    return Error{{Kind::busy, "job.paused",
                  fmt::format("{} was paused by {}: {}", called(pause.job, pause.scope), pause.by, pause.reason),
                  "passa job list --paused says what is; passa job resume ends a pause"}};
}

} // namespace passa::runner
