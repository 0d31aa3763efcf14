// Command line to a chosen command with its typed arguments. No I/O: help and errors are answers.
#pragma once
#include "cli/spec/globals.hpp"

namespace passa::cli {

struct Parsed {
    const Command* command = nullptr; // none: show help
    std::vector<std::string> help;    // words whose help is wanted
    bool version = false;
    bool verbose = false;
    std::shared_ptr<void> args; // none: show help
    bool explain = false;       // with them: help on what they name
    Globals globals;
};

// Errors cli.unknown_command, cli.usage, and those of the values.
Result<Parsed> parse(const std::vector<const Command*>& registry, const std::vector<std::string>& words);

} // namespace passa::cli
