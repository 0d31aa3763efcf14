// How fast items may begin: a token bucket that holds one token, so that a pause is not made up for by a rush.
#pragma once
#include "lib/base/time.hpp"

#include <algorithm>

namespace passa::runner {

class Rate {
public:
    explicit Rate(int items_per_minute) : m_between(Duration{std::chrono::minutes{1}} / items_per_minute) {}

    // Takes the next token; how long it is until it is there. `now` by a clock that never goes back.
    Duration take(Instant now) {
        const auto at = std::max(m_next, now);
        m_next = at + m_between;
        return at - now;
    }

private:
    Duration m_between;
    Instant m_next = Instant::min(); // the first is there at once
};

} // namespace passa::runner
