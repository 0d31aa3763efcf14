// Many lanes at once, a thread and a database connection each: what one channel does is lane.hpp, and nothing is shared
// but the batch's rows, which each takes under the database's locks. Other processes may do the same to the same batch,
// by the channels that are left to them.
#pragma once
#include "lib/payout/lane.hpp"

namespace passa::payout {

// How a treasury's channels are used.
struct Channels {
    // A rail that carries this channel's numbers. Called by one thread at a time, before any lane begins.
    std::function<std::unique_ptr<rail::Rail>(const Channel&)> open = {};
    // Lanes that pay at once: none, and the treasury's own numbers are used. A channel has one transaction a ledger, so
    // this is the pace too.
    std::size_t most = 0;
};

struct Lanes {
    const Desk& desk;
    const Batch& batch;
    const Patience& patience;
    const Channels& channels;
    bool may_pay = true; // false: what may have left is followed, and nothing else is sent
};

struct Ran {
    std::size_t lanes = 0;           // channels that were free for us
    std::vector<Problem> halts = {}; // why lanes ended early
};

// Until nothing of the batch can be taken. What an earlier run left open on a channel comes first, of whatever batch.
Ran run_lanes(const Lanes& lanes, std::vector<Channel> channels);

} // namespace passa::payout
