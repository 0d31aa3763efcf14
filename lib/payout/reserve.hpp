// Sets money aside: payables move into payout clearing, under the organizer's lock, within what the treasury really
// holds less what other open batches reserved, and within the day's limit. Nothing leaves yet.
#pragma once
#include "lib/payout/lease.hpp"
#include "lib/payout/plan.hpp"
#include "lib/rail/rail.hpp"

namespace passa::payout {

// A payout whose obstacle the rail knows, that waits for a break, or whose payable shrank meanwhile, is blocked with
// the reason; the rest is reserved. A problem payout.funds or payout.over_day_limit means that nothing more was
// reserved. Error as of the rail when nobody here can sign: nothing was reserved.
std::optional<Problem> reserve(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch);

// What has not left is not sent to an address, or in an asset, that its party has given up: it is blocked, or failed
// when its money was set aside already, and owed as before.
void refuse_moved(Lease& lease, const Desk& desk, const Batch& batch);
void refuse_moved(db::Transaction& tx, const Desk& desk, PayoutId reserved);

// Gives the money of a reserved payout back to the payable (or expense) it came from, in the asset owed.
void release(db::Transaction& tx, const Desk& desk, PayoutId payout, std::string_view why);

} // namespace passa::payout
