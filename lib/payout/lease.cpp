// Take, hold, drop.
#include "lib/payout/lease.hpp"

#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <chrono>
#include <thread>

namespace passa::payout {
namespace {
// Longer than a rail may keep us waiting between two writes: an RPC call ends within a minute, a poll writes nothing.
constexpr int k_seconds = 900;
// The database needs a moment to notice that a killed sender is gone.
constexpr auto k_wait = std::chrono::seconds{3};
constexpr auto k_step = std::chrono::milliseconds{10};
} // namespace

Lease::Lease(const Desk& desk, BatchId batch) : m_desk(desk), m_batch(batch), m_token(desk.ids.next()) {
    const auto until = std::chrono::steady_clock::now() + k_wait;
    while (!take()) {
        if (std::chrono::steady_clock::now() >= until)
            throw Error{{Kind::busy, "payout.busy",
                         fmt::format("somebody is sending batch {} or another one of its treasury", batch),
                         fmt::format("try again when it is done: passa payout show {}", batch)}};
        std::this_thread::sleep_for(k_step);
    }
    fault_point("payout.lease.after");
}

bool Lease::take() const {
    return db::transact(m_desk.db, {m_desk.organizer}, [&](db::Transaction& tx) {
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

void Lease::hold(db::Transaction& tx) const {
    if (tx.execute(sql::renew_lease, m_desk.organizer, m_batch, m_token, k_seconds) == 1) return;
    throw Error{{Kind::busy, "payout.lease_lost", "another sender has taken over this batch",
                 fmt::format("look at it with: passa payout show {}", m_batch)}};
}

} // namespace passa::payout
