// One try of several payouts: its exact bytes are stored before any byte leaves, and read back as they were stored.
#pragma once
#include "lib/payout/lease.hpp"
#include "lib/rail/pursue.hpp"

namespace passa::payout {

struct AttemptLine {
    PayoutId payout;
    State state{};
    Amount amount;
};

struct LiveAttempt : rail::Followed {
    AttemptId id;
    std::string state;              // prepared, sent, unknown
    std::vector<AttemptLine> lines; // in the order of the rail's orders
};

// The next reserved payouts that fit into one attempt; none: nothing is left to try.
std::optional<LiveAttempt> make_attempt(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch);

// Those whose outcome is not proved, oldest first: whoever sent them.
std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, BatchId batch);

} // namespace passa::payout
