// The program that is the local network: built from contracts/localnet, found next to passa or in the build tree.
#pragma once
#include <filesystem>

namespace passa::cli::localnet {

// PASSA_LOCALNET, next to passa, ../libexec/passa, the build tree. Errors localnet.not_built, localnet.program.
std::filesystem::path find_program();

} // namespace passa::cli::localnet
