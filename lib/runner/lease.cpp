// Look, take, fence, renew, give back.
#include "lib/runner/lease.hpp"

#include "lib/base/text.hpp"
#include "lib/log/log.hpp"
#include "runner_sql.hpp"

namespace passa::runner {
namespace {

constexpr auto k_step = std::chrono::milliseconds{50}; // between two looks

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

// Who works on it; empty: nobody does.
std::string find_holder(db::Transaction& tx, OrganizerId organizer, const RunKey& key) {
    for (const auto& row : tx.run(sql::find_lease, organizer, key.job, key.scope))
        if (row.get<bool>("lives")) return printable(row.get<std::string>("owner"), 100);
    return {};
}

// The same, and until the end of the transaction nobody begins to. First the beat is held back, so that a lease found
// dead stays so; then a worker that stands still in an open transaction is not waited for.
std::string lock_lease(db::Transaction& tx, OrganizerId organizer, const RunKey& key) {
    tx.run(sql::still_lease, organizer, key.job, key.scope);
    auto holder = find_holder(tx, organizer, key);
    if (!holder.empty()) return holder;
    tx.run(sql::end_worker, organizer, key.job, key.scope);
    tx.run(sql::lock_lease, organizer, key.job, key.scope);
    return {};
}

std::int64_t in_milliseconds(Duration time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace

Lease::Lease(const Desk& desk, RunKey key) : m_desk(desk), m_key(std::move(key)) {
    const auto until = std::chrono::steady_clock::now() + desk.patience;
    auto taken = look();
    while (taken == Taken::no) {
        if (std::chrono::steady_clock::now() >= until || desk.stopped()) throw busy(m_key, m_holder);
        std::this_thread::sleep_for(k_step);
        taken = look();
    }
    if (taken == Taken::needless) return;
    note_worker();
    m_fence.emplace(desk.db, [this](db::Transaction& tx) {
        note_worker();
        if (touch(tx, sql::hold_lease) != 1) throw lost();
    });
    m_heartbeat.emplace(desk.db.options(), desk.lease, [this](db::Database& db) {
        return db::transact(db, {.organizer = m_desk.organizer, .what = "job.renew"}, [&](db::Transaction& tx) {
            return touch(tx, sql::renew_lease, in_milliseconds(m_desk.lease), m_session.load()) == 1;
        });
    });
}

// First without a lock: who holds the lease is not disturbed, and nobody waits for his longest transaction.
Lease::Taken Lease::look() {
    const auto seen =
        db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            if (is_ended(tx)) return Taken::needless;
            m_holder = find_holder(tx, m_desk.organizer, m_key);
            return m_holder.empty() ? Taken::yes : Taken::no;
        });
    if (seen != Taken::yes) return seen;
    return db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = "job.take"},
                        [&](db::Transaction& tx) { return take(tx); });
}

Lease::Taken Lease::take(db::Transaction& tx) {
    m_number.reset(); // of a try that was rolled back
    const auto org = m_desk.organizer;
    tx.run(sql::add_lease, org, m_key.job, m_key.scope);
    m_holder = lock_lease(tx, org, m_key);
    if (!m_holder.empty()) return Taken::no;
    tx.run(sql::add_run, org, m_desk.ids.make<JobRunTag>(), m_key.job, m_key.scope, m_key.from, m_key.until,
           m_desk.actor, m_desk.code_version, m_desk.declared);
    if (is_ended(tx)) return Taken::needless; // by who held it until now
    const auto row =
        tx.run(sql::take_lease, org, m_key.job, m_key.scope, m_run, in_milliseconds(m_desk.lease), m_desk.worker);
    tx.run(sql::take_run, org, m_run, m_desk.worker, m_desk.code_version);
    m_number = row.one().get<std::int64_t>("number");
    return Taken::yes;
}

bool Lease::is_ended(db::Transaction& tx) {
    const auto rows = tx.run(sql::find_run, m_desk.organizer, m_key.job, m_key.scope, m_key.from, m_key.until);
    if (rows.empty()) return false;
    m_run = rows.one().get<JobRunId>("id");
    const auto state = rows.one().get<std::string>("state");
    return state == name(RunState::done) || state == name(RunState::partial) || state == name(RunState::skipped);
}

// It may have broken and been opened anew.
void Lease::note_worker() {
    const auto session = m_desk.db.connection().backend_pid();
    if (m_session.exchange(session) != session && m_heartbeat) m_heartbeat->beat_now();
}

Lease::~Lease() {
    m_heartbeat.reset();
    m_fence.reset();
    if (!m_number) return;
    try {
        db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = "job.drop"},
                     [&](db::Transaction& tx) { touch(tx, sql::drop_lease); });
    } catch (const Error& error) { // it ends by the clock
        log::info("runner", "the lease was not given back: {}", error.first().message);
    }
}

void Lease::require_live() const {
    if (m_heartbeat && m_heartbeat->is_lost()) throw lost();
    db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = "job.live"}, [](db::Transaction&) {}); // the fence
}

void require_idle(db::Transaction& tx, OrganizerId organizer, const RunKey& key) {
    const auto holder = lock_lease(tx, organizer, key);
    if (!holder.empty()) throw busy(key, holder);
}

} // namespace passa::runner
