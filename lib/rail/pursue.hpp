// Following one attempt to its end, whatever it carries: payments of a batch, a call of a contract. It is asked for by
// its key, and the same bytes are sent again while the rail may still take them, until the rail proves what became of
// it or patience ends; then it is unknown, and is stored as such.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/rail/rail.hpp"

namespace passa::rail {

struct Patience {
    Duration limit = std::chrono::minutes{10};         // how long one attempt is asked for before it is left unknown
    std::function<void(Duration)> wait;                // sleeps; a test moves its clock
    std::function<bool()> stop = [] { return false; }; // somebody wants us to end: no new attempt is made
    std::function<void(std::string_view what)> say = [](std::string_view) {};
};

struct Followed {
    Attempt attempt;
    bool is_fresh = false;         // made by this very run: never sent
    std::string refused = {};      // what the rail refused it with, though it may happen yet
    std::string seen_nothing = {}; // what stands for the history before attempt.first_position, if that was moved up
};

// What the one who follows has to do with it.
struct Follower {
    Clock& clock;
    const Patience& patience;
    // Whoever was stopped for so long that somebody took over sends nothing. Both throw then: the first asks the
    // database, before bytes leave; the second does not, and is called where nothing is written for long.
    std::function<void()> require_live;
    std::function<void()> require_heard;
    std::function<void(const Outcome& outcome, bool is_last)> record; // an open one may be recorded once
};

bool is_final(Standing standing);

// Error of the rail where it cannot be reached and nothing can have left yet.
Outcome pursue(Courier& courier, Followed& followed, const Follower& follower);

} // namespace passa::rail
