// Says which claim failed, and where, and stops.
#include "lib/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace passa {

void assertion_failed(const char* claim, const char* file, int line) noexcept {
    static_cast<void>(
        std::fprintf(stderr, "passa: internal error: %s:%d: this must hold and does not: %s\n", file, line, claim));
    static_cast<void>(std::fflush(stderr));
    std::abort();
}

} // namespace passa
