// What the treasury's own statement, as reconciliation took it in, says of an attempt whose fate nobody has proved. It
// stays when the rail's servers have forgotten: an exact line of every payment is proof of success, and a stretch that
// shows nothing of the attempt need not be asked for again.
#pragma once
#include "lib/payout/attempt.hpp"

namespace passa::payout {

// All payments of the attempt stand there, to the unit and the address. None: then it says nothing. The fee is left to
// the run that matches its line.
std::optional<rail::Outcome> find_on_statement(db::Transaction& tx, const Desk& desk, TreasuryId treasury,
                                               const LiveAttempt& live);

// The newest ledger up to which complete runs without a gap, one joined to the other since before the attempt was made,
// show no payment of it; none when they do not. A rail's proof that it came to nothing needs history from there on
// alone. A fee says that a ledger took it: without its payments it failed there.
struct SeenThrough {
    std::optional<std::int64_t> ledger;
    bool has_fee = false;
};
SeenThrough find_seen_through(Lease& lease, const Batch& batch, const LiveAttempt& live);

// A payout that the statement proved to be paid.
struct Proved {
    PayoutId payout;
    Amount amount;
    std::string key; // of the attempt that paid it
};

// Ends the attempts of a batch that stand on the statement. Errors of taking the lease: payout.busy.
std::vector<Proved> end_by_statement(const Desk& desk, BatchId batch);

// What that would end, in a transaction that the caller rolls back: without the lease, and nothing of a treasury that
// somebody sends from right now, who finds out by himself.
std::vector<Proved> rehearse_by_statement(db::Transaction& tx, const Desk& desk, BatchId batch);

} // namespace passa::payout
