// Kernel randomness and a repeatable generator for tests.
#include "lib/base/random.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/error.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <sys/random.h>

namespace passa {

std::uint64_t Random::next_u64() {
    std::uint64_t value = 0;
    fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
    PASSA_ASSERT(bound > 0);
    // Values above the last whole multiple of bound would favour small results: draw again.
    const auto limit = std::numeric_limits<std::uint64_t>::max() - std::numeric_limits<std::uint64_t>::max() % bound;
    for (;;)
        if (const auto value = next_u64(); value < limit) return value % bound;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const auto got = getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error{{Kind::unavailable, "random.unavailable", "the kernel gave no random bytes", ""}};
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        z ^= z >> 31;
        const auto n = std::min(out.size(), sizeof z);
        std::memcpy(out.data(), &z, n);
        out = out.subspan(n);
    }
}

} // namespace passa
