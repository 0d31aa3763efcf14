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
    BatchId batch;
    std::string state;              // prepared, sent, unknown
    std::vector<AttemptLine> lines; // in the order of the rail's orders
};

std::vector<PayoutId> payouts_of(const LiveAttempt& live);

// The next reserved payouts that fit into one attempt of the account `source`; none: nothing is left to try. Several
// lanes may take from one batch at a time, each with a source of its own.
std::optional<LiveAttempt> make_attempt(Lease& lease, rail::Rail& rail, const Batch& batch, const std::string& source);

// Those whose outcome is not proved, oldest first: whoever sent them.
std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, BatchId batch);
// Of any batch, that carry the numbers of this account of the treasury.
std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, const Treasury& treasury,
                                            const std::string& source);

} // namespace passa::payout
