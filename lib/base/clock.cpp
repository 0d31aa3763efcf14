// The machine's clock.
#include "lib/base/clock.hpp"

namespace passa {

Instant SystemClock::now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Instant SteadyClock::now() {
    return Instant{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

} // namespace passa
