// The right to import into one event. Bound to the database session, not to a clock: a killed import frees it as soon
// as its session is gone.
#pragma once
#include "lib/sale/import.hpp"

namespace passa::sale {

class Lease {
public:
    // Waits a little for another import to end. Error sale.import_busy.
    Lease(const Desk& desk, EventId event, const Progress& progress);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    // In every transaction that writes, first; keeps apply from changing plans and codes until its end. Error
    // sale.lease_lost.
    void hold(db::Transaction& tx) const;

private:
    const Desk& m_desk;
    EventId m_event;
    IdBytes m_token;
};

} // namespace passa::sale
