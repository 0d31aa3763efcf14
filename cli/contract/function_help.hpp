// What `passa contract invoke CONTRACT FUNCTION --help` prints: made from the interface that the contract itself tells.
#pragma once
#include "cli/context.hpp"

namespace passa::cli::contract {

struct Asked {
    std::string command;  // contract invoke
    std::string contract; // a declared one, an address, or a Wasm file
    std::string function; // empty: which there are
    std::optional<std::string> network;
};
// Errors: contract.no_function, and those of finding the contract.
ExitCode show_function_help(Context& ctx, const Asked& asked);

} // namespace passa::cli::contract
