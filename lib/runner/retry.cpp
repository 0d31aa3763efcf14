// By kind alone: a code tells people and scripts what it was, not what to do about it.
#include "lib/runner/retry.hpp"

#include <algorithm>

namespace passa::runner {

Verdict judge(const Error& error) {
    switch (error.first().kind) {
    case Kind::busy: return error.first().code == "job.lease_lost" ? Verdict::stop : Verdict::again;
    case Kind::unavailable:
    case Kind::unknown_outcome: return Verdict::again;
    case Kind::balance_gap:
    case Kind::internal: return Verdict::stop;
    default: return Verdict::give_up;
    }
}

Duration wait_before(int next, const Backoff& backoff, Random& random) {
    auto most = backoff.base;
    for (int i = 2; i < next && most < backoff.cap; ++i) most *= 2;
    most = std::min(most, backoff.cap);
    return Duration{static_cast<Duration::rep>(random.below(static_cast<std::uint64_t>(most.count()) + 1))};
}

} // namespace passa::runner
