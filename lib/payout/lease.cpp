// Take, hold, drop.
#include "lib/payout/lease.hpp"

#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <chrono>
#include <thread>

namespace passa::payout {
namespace {
// Longer than a rail may keep us waiting between two questions: an RPC call ends within a minute.
constexpr int k_seconds = 900;
constexpr Duration k_renewed_after = std::chrono::minutes{1};
// The database needs a moment to notice that a killed sender is gone.
constexpr auto k_wait = std::chrono::seconds{3};
constexpr auto k_step = std::chrono::milliseconds{10};
constexpr int k_quiet_wait = 2; // seconds that locks are waited for before we say so
} // namespace

Lease::Lease(const Desk& desk, BatchId batch)
    : m_desk(desk), m_batch(batch), m_token(desk.ids.next()), m_held(desk.clock.now()) {
    const auto until = std::chrono::steady_clock::now() + k_wait;
    while (!take()) {
        if (std::chrono::steady_clock::now() >= until)
            throw Error{{Kind::busy, "payout.busy",
                         fmt::format("somebody is sending batch {} or another one of its treasury", batch),
                         fmt::format("try again when it is done: passa payout show {}", batch)}};
        std::this_thread::sleep_for(k_step);
    }
}

bool Lease::take() const {
    return db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = "payout.lease"}, [&](db::Transaction& tx) {
        tx.run(sql::lock_organizer, m_desk.organizer);
        get_batch(tx, m_desk.organizer, m_batch);
        return !tx.run(sql::take_lease, m_desk.organizer, m_batch, m_token, k_seconds).empty();
    });
}

Lease::~Lease() {
    try {
        db::transact(m_desk.db, {m_desk.organizer},
                     [&](db::Transaction& tx) { tx.run(sql::drop_lease, m_desk.organizer, m_batch, m_token); });
    } catch (const Error&) { // NOLINT(bugprone-empty-catch)
        // The session is gone, and the lease with it.
    }
}

void Lease::keep() {
    if (m_desk.clock.now() >= m_held + k_renewed_after) require_live();
}

void Lease::require_live() {
    write("payout.keep", [](db::Transaction&) {});
}

void Lease::hold_catalog(db::Transaction& tx) const { tx.run(sql::hold_catalog, m_desk.organizer); }

void Lease::wait_briefly(db::Transaction& tx) { tx.run(sql::wait_briefly, k_quiet_wait); }

bool Lease::is_worth_waiting(const Error& error, int tries) const {
    if (error.first().code != "db.locked" || tries == k_most_waits) return false;
    if (tries > 1) return true;
    m_desk.say(
        fmt::format("waiting, at most 2 minutes, for what holds rows of batch {} or its treasury: a recon run, a "
                    "payout create or an apply that is not done yet",
                    m_batch));
    return true;
}

void Lease::hold(db::Transaction& tx) {
    m_held = m_desk.clock.now();
    if (tx.execute(sql::renew_lease, m_desk.organizer, m_batch, m_token, k_seconds) == 1) return;
    throw Error{{Kind::busy, "payout.lease_lost", "another sender has taken over this batch",
                 fmt::format("look at it with: passa payout show {}", m_batch)}};
}

} // namespace passa::payout
