// Command line to a chosen command with its typed arguments. No I/O: help and errors are answers.
#pragma once
#include "cli/spec/command.hpp"

#include <optional>

namespace passa::cli {

// Options that every leaf has.
struct Globals {
    bool json = false;
    bool quiet = false;
    bool no_color = false;
    bool no_input = false;
    bool dry_run = false;           // on commands that write
    std::optional<std::string> yes; // on commands that move money: the network it may happen on
    std::optional<std::string> organizer;
    std::optional<std::string> db;
};

struct Parsed {
    const Command* command = nullptr; // none: show help
    std::vector<std::string> help;    // words whose help is wanted
    bool version = false;
    bool verbose = false;
    std::shared_ptr<void> args;
    Globals globals;
};

// Errors cli.unknown_command, cli.usage, and those of the values.
Result<Parsed> parse(const std::vector<const Command*>& registry, const std::vector<std::string>& words);

// The options of every leaf of this effect, for help, completion and man pages.
std::vector<Option> global_options(Effect effect);

} // namespace passa::cli
