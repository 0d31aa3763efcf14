// A rail's answer becomes evidence, states and journal entries, in one transaction.
#pragma once
#include "lib/payout/attempt.hpp"

namespace passa::payout {

// Writes only when the answer says something new about the attempt, and updates `live` to match. Proof of success:
// every line is confirmed and leaves the treasury's books. Proof of failure: lines at fault fail and their money is
// owed again, the others may be tried again. Proof of absence: all may be tried again. Error payout.no_evidence for a
// proof without evidence: a defect of the rail.
void record_outcome(Lease& lease, const Batch& batch, LiveAttempt& live, const rail::Outcome& outcome);

struct Proof {
    const Batch& batch;
    const LiveAttempt& live;
    const rail::Outcome& outcome;
};
// The same for a proof, in a transaction that the caller rolls back: nobody holds the lease. Error payout.moved.
void rehearse_outcome(db::Transaction& tx, const Desk& desk, const Proof& proof);

} // namespace passa::payout
