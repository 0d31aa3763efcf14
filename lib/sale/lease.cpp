// One importer an event.
#include "lib/sale/lease.hpp"

#include "sale_sql.hpp"

#include <chrono>

namespace passa::sale {
namespace {

constexpr Duration k_life = std::chrono::seconds{60};
constexpr Duration k_patience = std::chrono::seconds{10};

lease::Wish wish(const Desk& desk, EventId event, const Progress& progress) {
    lease::Wish wish{desk.db, {desk.organizer, "sale import", event.uuid()}, desk.actor, k_life, k_patience};
    wish.stopped = [&progress] { // asked between two looks: somebody else has it
        progress("wait for another import (at most 10 s)", 0, 0);
        return false;
    };
    return wish;
}

} // namespace

Lease::Lease(const Desk& desk, EventId event, const Progress& progress)
    : m_desk(desk), m_lease(wish(desk, event, progress)) {
    if (!m_lease.is_ours())
        throw Error{{Kind::busy, "sale.import_busy",
                     fmt::format("{} is importing into this event already", m_lease.holder()),
                     "try again when it is done"}};
}

void Lease::hold(db::Transaction& tx) {
    tx.run(sql::hold_catalog, m_desk.organizer);
    if (m_lease.hold(tx)) return;
    throw Error{
        {Kind::busy, "sale.lease_lost", "another import has taken over", "run the command again: it continues"}};
}

} // namespace passa::sale
