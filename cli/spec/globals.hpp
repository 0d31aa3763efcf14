// The options that every leaf has, and those that come with its effect.
#pragma once
#include "cli/spec/command.hpp"
#include "lib/log/log.hpp"

#include <optional>

namespace passa::cli {

enum class Format : std::uint8_t { table, plain, json, jsonl, csv };

template <>
struct Words<Format> {
    static constexpr std::pair<std::string_view, Format> k_all[] = {{"table", Format::table},
                                                                    {"plain", Format::plain},
                                                                    {"json", Format::json},
                                                                    {"jsonl", Format::jsonl},
                                                                    {"csv", Format::csv}};
};

template <>
struct Words<log::Format> {
    static constexpr std::pair<std::string_view, log::Format> k_all[] = {
        {"text", log::Format::text}, {"json", log::Format::json}, {"journal", log::Format::journal}};
};

struct Globals {
    bool json = false; // also set by --format json
    std::optional<Format> format;
    bool quiet = false;
    bool verbose = false;
    bool no_color = false;
    bool no_input = false;
    bool dry_run = false;               // on commands that can
    std::optional<std::string> network; // on commands that move money
    std::optional<std::string> yes;     // on commands that move money: the network it may happen on
    std::optional<log::Format> log_format;
    std::optional<std::string> organizer;
    std::optional<std::string> db;
};

// The common options of this command, for the parser, help, completion and man pages. One that the command has itself,
// with other words, stands in for the common one.
std::vector<Option> global_options(const Command& command);

} // namespace passa::cli
