// Look, take, hold, renew, give back.
#include "lib/lease/lease.hpp"

#include "lease_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/log/log.hpp"

namespace passa::lease {
namespace {

constexpr auto k_step = std::chrono::milliseconds{50}; // between two looks
constexpr std::size_t k_longest_name = 100;

std::int64_t in_milliseconds(Duration time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace

std::string find_holder(db::Transaction& tx, const Work& work) {
    for (const auto& row : tx.run(sql::find, work.organizer, work.name, work.scope))
        if (row.get<bool>("lives")) return printable(row.get<std::string>("owner"), k_longest_name);
    return {};
}

// First the beat is held back, so that a lease found dead stays so.
std::string lock(db::Transaction& tx, const Work& work) {
    tx.run(sql::still, work.organizer, work.name, work.scope);
    auto holder = find_holder(tx, work);
    if (!holder.empty()) return holder;
    tx.run(sql::end_worker, work.organizer, work.name, work.scope);
    tx.run(sql::lock, work.organizer, work.name, work.scope);
    return {};
}

Lease::Lease(Wish wish) : m_wish(std::move(wish)) {
    const auto until = std::chrono::steady_clock::now() + m_wish.patience;
    auto taken = look();
    while (taken == Taken::no) {
        if (std::chrono::steady_clock::now() >= until || m_wish.stopped()) return;
        std::this_thread::sleep_for(k_step);
        taken = look();
    }
    if (taken == Taken::needless) return;
    note_session();
    // No fault points: when a beat comes is a matter of time, and no test may count on it.
    m_heartbeat.emplace(m_wish.db.options(), m_wish.life, [this](db::Database& db) {
        return db::transact(db, {.organizer = m_wish.work.organizer, .what = ""}, [&](db::Transaction& tx) {
            return touch(tx, sql::renew, in_milliseconds(m_wish.life), m_session.load()) == 1;
        });
    });
}

// First without a lock: who holds the lease is not disturbed, and nobody waits for his longest transaction.
Lease::Taken Lease::look() {
    const auto org = m_wish.work.organizer;
    const auto seen = db::transact(m_wish.db, {org, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        m_holder.clear();
        if (m_wish.is_over(tx)) return Taken::needless;
        m_holder = find_holder(tx, m_wish.work);
        return m_holder.empty() ? Taken::yes : Taken::no;
    });
    if (seen != Taken::yes) return seen;
    return db::transact(m_wish.db, {.organizer = org, .what = "lease.take"},
                        [&](db::Transaction& tx) { return take(tx); });
}

Lease::Taken Lease::take(db::Transaction& tx) {
    m_number.reset(); // of a try that was rolled back
    const auto& work = m_wish.work;
    tx.run(sql::add, work.organizer, work.name, work.scope);
    m_holder = lock(tx, work);
    if (!m_holder.empty()) return Taken::no;
    if (!m_wish.claim(tx)) return Taken::needless;
    const auto row =
        tx.run(sql::take, work.organizer, work.name, work.scope, in_milliseconds(m_wish.life), m_wish.owner);
    m_number = row.one().get<std::int64_t>("number");
    return Taken::yes;
}

bool Lease::hold(db::Transaction& tx) {
    note_session();
    return touch(tx, sql::hold) == 1;
}

// It may have broken and been opened anew.
void Lease::note_session() {
    const auto session = m_wish.db.connection().backend_pid();
    if (m_session.exchange(session) != session && m_heartbeat) m_heartbeat->beat_now();
}

Lease::~Lease() {
    m_heartbeat.reset();
    if (!m_number) return;
    try {
        db::transact(m_wish.db, {.organizer = m_wish.work.organizer, .what = "lease.drop"},
                     [&](db::Transaction& tx) { touch(tx, sql::drop); });
    } catch (const Error& error) { // it ends with the heartbeat's session
        log::info("lease", "the lease was not given back: {}", error.first().message);
    }
}

} // namespace passa::lease
