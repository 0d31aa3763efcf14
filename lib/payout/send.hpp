// Sends an approved batch, and takes up one that was interrupted: the same verb, because it always looks first at what
// is stored. An attempt whose outcome is not proved is asked for, or its same bytes are sent again; a second attempt is
// made only after stored proof that the first is dead. With channels (lanes.hpp) many attempts are under way at once,
// and many processes may send one batch: the first leads, which is to set money aside and to end the batch.
#pragma once
#include "lib/payout/lanes.hpp"

#include <map>

namespace passa::payout {

// What a sender has besides the rail.
struct Means {
    Patience patience;
    Channels channels = {};
};

struct Sent {
    Batch batch;
    std::map<State, std::int64_t> counts;
    std::optional<Problem> halted; // why not everything was tried; unknown_outcome as long as something is open
    bool stopped = false;

    [[nodiscard]] std::int64_t count(State state) const;
    [[nodiscard]] std::int64_t paid() const;
    [[nodiscard]] std::int64_t open() const; // sending, accepted, unknown: may have left, not proved
    [[nodiscard]] std::int64_t left() const; // ready or reserved: not tried
};

struct Sendable {
    Batch batch;
    std::vector<StateSum> sums;     // of its payouts
    std::optional<Problem> expired; // the approval's time: what may have left is followed, and nothing else is sent
};

// The batch as it would be sent, looked at only. Errors payout.not_approved, payout.approval_expired (and nothing of it
// may have left), payout.changed, payout.cancelled.
Sendable get_sendable(db::Transaction& tx, const Desk& desk, BatchId batch);

// Errors payout.busy, payout.moved, those of get_sendable, and of the rail when nothing can be signed here: before
// anything was done. Later ones, of the rail or of a lost lease, halt the run.
Sent send(const Desk& desk, rail::Rail& rail, BatchId batch, const Means& means);

} // namespace passa::payout
