// Looks where the program may be, best known place first.
#include "cli/localnet/program.hpp"

#include "cli/environment.hpp"
#include "lib/base/error.hpp"

#include <unistd.h>

namespace passa::cli::localnet {

namespace fs = std::filesystem;

namespace {

bool is_program(const fs::path& path) {
    std::error_code unreadable; // a place that cannot be looked at holds no program for us
    return fs::is_regular_file(path, unreadable) && access(path.c_str(), X_OK) == 0;
}

// Of a binary in its build tree, ROOT/build/PRESET/cli: what scripts/build made beside it. Nothing for an installed
// one.
fs::path place_in_tree(const fs::path& here) {
    const auto builds = here.parent_path().parent_path();
    if (here.filename() != "cli" || builds.filename() != "build") return {};
    return builds.parent_path() / "contracts" / "target" / "release" / "localnet";
}

} // namespace

fs::path find_program() {
    if (const auto named = environment("PASSA_LOCALNET")) {
        if (is_program(*named)) return *named;
        throw Error{{Kind::configuration, "localnet.program",
                     fmt::format("PASSA_LOCALNET names {}, which is not a program", *named),
                     "unset it, or let it name the localnet that scripts/build makes"}};
    }
    std::error_code unknown; // without /proc the places next to us are simply not looked at
    const auto here = fs::read_symlink("/proc/self/exe", unknown).parent_path();
    for (const auto& path :
         {here / "localnet", here.parent_path() / "libexec" / "passa" / "localnet", place_in_tree(here)})
        if (path.is_absolute() && is_program(path)) return path;
    throw Error{{Kind::configuration, "localnet.not_built", "the local network's program is not there",
                 "scripts/build (or in contracts/: cargo build --release --locked -p localnet)"}};
}

} // namespace passa::cli::localnet
