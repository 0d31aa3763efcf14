// What the treasury's own statement, as reconciliation took it in, says of an attempt whose fate nobody has proved. It
// stays when the rail's servers have forgotten: an exact line of every payment is proof of success, and a stretch that
// shows nothing of the attempt need not be asked for again.
#pragma once
#include "lib/payout/attempt.hpp"

namespace passa::payout {

// All payments of the attempt stand there, to the unit and the address. None: then it says nothing. The fee is left to
// the run that matches its line.
std::optional<rail::Outcome> find_on_statement(Lease& lease, const Batch& batch, const LiveAttempt& live);

// The newest ledger up to which complete runs without a gap, one joined to the other since before the attempt was made,
// show nothing of it; none when they do not. A rail's proof of absence needs history from there on alone.
std::optional<std::int64_t> find_seen_through(Lease& lease, const Batch& batch, const LiveAttempt& live);

// Ends the attempts of a batch that stand on the statement; how many. Errors of taking the lease: payout.busy.
std::int64_t end_by_statement(const Desk& desk, BatchId batch);

} // namespace passa::payout
