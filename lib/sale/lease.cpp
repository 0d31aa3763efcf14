// Take, hold, drop.
#include "lib/sale/lease.hpp"

#include "sale_sql.hpp"

#include <chrono>
#include <thread>

namespace passa::sale {
namespace {
constexpr auto k_wait = std::chrono::seconds{10};
constexpr auto k_step = std::chrono::milliseconds{200};
} // namespace

Lease::Lease(const Desk& desk, EventId event, const Progress& progress)
    : m_desk(desk), m_event(event), m_token(desk.ids.next()) {
    const auto until = std::chrono::steady_clock::now() + k_wait;
    for (;;) {
        const bool taken = db::transact(desk.db, {desk.organizer}, [&](db::Transaction& tx) {
            return !tx.run(sql::take_lease, desk.organizer, event, m_token).empty();
        });
        if (taken) return;
        if (std::chrono::steady_clock::now() >= until)
            throw Error{{Kind::busy, "sale.import_busy", "another import into this event is running",
                         "try again when it is done"}};
        progress("wait for another import (at most 10 s)", 0, 0);
        std::this_thread::sleep_for(k_step);
    }
}

Lease::~Lease() {
    try {
        db::transact(m_desk.db, {m_desk.organizer},
                     [&](db::Transaction& tx) { tx.run(sql::drop_lease, m_desk.organizer, m_event, m_token); });
    } catch (const Error&) { // NOLINT(bugprone-empty-catch)
        // The session is gone, and the lease with it.
    }
}

void Lease::hold(db::Transaction& tx) const {
    tx.run(sql::hold_catalog, m_desk.organizer);
    if (!tx.run(sql::hold_lease, m_desk.organizer, m_event, m_token).empty()) return;
    throw Error{
        {Kind::busy, "sale.lease_lost", "another import has taken over", "run the command again: it continues"}};
}

} // namespace passa::sale
