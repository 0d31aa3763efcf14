// How far a batch is, in one small query: for whoever looks again and again.
#pragma once
#include "lib/payout/payout.hpp"

#include <vector>

namespace passa::payout {

struct Progress {
    std::string state; // of the batch
    std::int64_t payouts = 0;
    std::int64_t paid = 0;
    std::int64_t open = 0;     // may have left, not proved
    std::int64_t left = 0;     // to be sent
    std::int64_t not_paid = 0; // blocked, failed, returned
    std::int64_t cancelled = 0;
    std::vector<Amount> fees; // booked so far, one an asset

    // Nothing of it moves any more: drained or cancelled, and nothing open.
    [[nodiscard]] bool is_over() const;
    bool operator==(const Progress&) const = default;
};

Progress get_progress(db::Transaction& tx, OrganizerId organizer, BatchId batch); // error payout.no_batch

} // namespace passa::payout
