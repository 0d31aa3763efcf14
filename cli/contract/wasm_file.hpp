// A contract's code from a file.
#pragma once
#include "lib/base/bytes.hpp"

#include <filesystem>

namespace passa::cli::contract {

// Error contract.file: it cannot be read, or is larger than any network takes.
Bytes load_wasm(const std::filesystem::path& path);

} // namespace passa::cli::contract
