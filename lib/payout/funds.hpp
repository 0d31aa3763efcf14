// What a treasury holds, against what its open batches need of it: the payments and the most that sending them costs.
#pragma once
#include "lib/payout/lease.hpp"
#include "lib/rail/rail.hpp"

namespace passa::payout {

struct Funds {
    Amount held;            // of the treasury's asset, as the rail says
    Amount for_fees;        // of the asset that the rail charges in; the same amount when that is the treasury's
    money::Int128 paid = 0; // what had been proved paid before the rail was asked
};

struct Needs {
    Amount reserved; // by open batches, and not proved to have left
    Amount ready;    // of this batch, to be reserved now
    Amount cost;     // the most that sending all of them costs
};

// What open batches hold in reserve on a treasury, not proved to have left; in its asset's minor units.
money::Int128 load_reserved(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury);

// The book first, then the rail: what is proved paid in between makes the balance too low, never too high.
Funds read_funds(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch);

// Problems payout.funds, payout.fees.
std::optional<Problem> find_shortage(const Batch& batch, const Funds& funds, const Needs& needs);

} // namespace passa::payout
