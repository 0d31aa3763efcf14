// The machine's clock.
#include "lib/base/clock.hpp"

namespace passa {

Instant SystemClock::now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace passa
