// Takes back what never left: money that is set aside goes back to where it came from, and what may have left stays.
#pragma once
#include "lib/payout/lease.hpp"

namespace passa::payout {

struct Cancelled {
    Batch batch;
    std::int64_t withdrawn = 0; // payouts
    std::int64_t kept = 0;      // sent, paid, failed ... : out of reach
};

// Errors payout.busy while somebody sends it, payout.nothing_to_cancel.
Cancelled cancel(const Desk& desk, BatchId batch, const std::string& reason);

} // namespace passa::payout
