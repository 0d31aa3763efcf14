// The right to import into one event.
#pragma once
#include "lib/lease/lease.hpp"
#include "lib/sale/import.hpp"

namespace passa::sale {

class Lease {
public:
    // Waits a little for another import to end. Error sale.import_busy.
    Lease(const Desk& desk, EventId event, const Progress& progress);
    ~Lease() = default;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    // In every transaction that writes, first; keeps apply from changing plans and codes until its end. Error
    // sale.lease_lost.
    void hold(db::Transaction& tx);

private:
    const Desk& m_desk;
    lease::Lease m_lease;
};

} // namespace passa::sale
