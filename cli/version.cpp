// Version, revision, compiler and libraries, as built.
#include "cli/version.hpp"

#include "revision.hpp"

#include <fmt/format.h>

namespace passa::cli {

std::string version_text(bool verbose) {
    if (!verbose) return fmt::format("passa {}\n", PASSA_VERSION);
    return fmt::format("passa {}\nrevision: {}\nbuild: {}\ncompiler: {}\nlibraries: {}\nfault points: {}\n",
                       PASSA_VERSION, PASSA_REVISION, PASSA_BUILD_TYPE, PASSA_COMPILER, PASSA_LIBRARIES,
#ifdef PASSA_FAULTS
                       "compiled in (test build)"
#else
                       "none"
#endif
    );
}

std::string code_version() { return fmt::format("{} ({})", PASSA_VERSION, PASSA_REVISION); }

} // namespace passa::cli
