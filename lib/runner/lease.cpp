// The run behind the lease, and the fence before every write.
#include "lib/runner/lease.hpp"

#include "runner_sql.hpp"

namespace passa::runner {
namespace {

Error busy(const RunKey& key, const std::string& holder) {
    return Error{
        {Kind::busy, "job.busy",
         fmt::format("{}{}{} is being worked on by {}", key.job, key.scope.empty() ? "" : " ", key.scope, holder),
         fmt::format("look at it with: passa job status --job {}", key.job)}};
}

Error lost() {
    return Error{{Kind::busy, "job.lease_lost", "another worker has taken over, or the database was away too long",
                  "run it again: what is done stays done"}};
}

lease::Work work_of(const Desk& desk, const RunKey& key) { return {desk.organizer, key.job, key.scope}; }

} // namespace

Lease::Lease(const Desk& desk, RunKey key, Intent intent)
    : m_desk(desk), m_key(std::move(key)), m_intent(intent),
      m_lease({desk.db, work_of(desk, m_key), desk.worker, desk.lease, desk.patience,
               [&desk] { return desk.stopped().has_value(); }, [this](db::Transaction& tx) { return is_ended(tx); },
               [this](db::Transaction& tx) { return take_up(tx); }}) {
    if (!m_lease.holder().empty()) throw busy(m_key, m_lease.holder());
    if (was_ended()) return;
    m_fence.emplace(desk.db, [this](db::Transaction& tx) {
        if (!m_lease.hold(tx)) throw lost();
    });
}

bool Lease::take_up(db::Transaction& tx) {
    const auto org = m_desk.organizer;
    tx.run(sql::add_run, org, m_desk.ids.make<JobRunTag>(), m_key.job, m_key.scope, m_key.from, m_key.until,
           m_desk.actor, m_desk.code_version, m_desk.declared);
    if (is_ended(tx)) return false;
    tx.run(sql::note_run, org, m_key.job, m_key.scope, m_run);
    if (m_intent == Intent::work) tx.run(sql::take_run, org, m_run, m_desk.worker, m_desk.code_version);
    return true;
}

bool Lease::is_ended(db::Transaction& tx) {
    const auto rows = tx.run(sql::find_run, m_desk.organizer, m_key.job, m_key.scope, m_key.from, m_key.until);
    if (rows.empty()) return false;
    m_run = rows.one().get<JobRunId>("id");
    const auto state = rows.one().get<std::string>("state");
    return state == name(RunState::done) || state == name(RunState::partial) || state == name(RunState::skipped);
}

void Lease::require_live() const {
    if (m_lease.is_lost()) throw lost();
    db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = "job.live"}, [](db::Transaction&) {}); // the fence
}

void require_idle(db::Transaction& tx, const Desk& desk, const RunKey& key) {
    const auto holder = lease::lock(tx, work_of(desk, key));
    if (!holder.empty()) throw busy(key, holder);
}

} // namespace passa::runner
