// Which errors pass by themselves, and how long to wait for that.
#pragma once
#include "lib/base/error.hpp"
#include "lib/base/random.hpp"
#include "lib/base/time.hpp"

namespace passa::runner {

// What the same step does about an error that came out of it.
enum class Verdict : std::uint8_t {
    again, // somebody held it, a server was away, or the outcome is unknown: a step looks first, so it may be repeated
    give_up, // this item will not do; the others may
    stop,    // the books or passa itself are wrong: nothing more is done
};
Verdict judge(const Error& error);

struct Backoff {
    int tries = 5;
    Duration base = std::chrono::seconds{1};
    Duration cap = std::chrono::minutes{1};
};
// Before try `next` (2, 3 ...): uniform in [0, min(cap, base * 2^(next - 2))], so that many workers do not come back
// together.
Duration wait_before(int next, const Backoff& backoff, Random& random);

} // namespace passa::runner
