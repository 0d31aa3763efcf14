// A rail's answer becomes evidence, states and journal entries, in one transaction.
#pragma once
#include "lib/payout/attempt.hpp"

namespace passa::payout {

// Writes only when the answer says something new about the attempt, and updates `live` to match. Proof of success:
// every line is confirmed and leaves the treasury's books. Proof of failure: lines at fault fail and their money is
// owed again, the others may be tried again. Proof of absence: all may be tried again. Error payout.no_evidence for a
// proof without evidence: a defect of the rail.
void record_outcome(Lease& lease, const Batch& batch, LiveAttempt& live, const rail::Outcome& outcome);

} // namespace passa::payout
