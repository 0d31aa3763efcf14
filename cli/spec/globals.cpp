// The same word means the same on every command.
#include "cli/spec/globals.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

bool has_option(const Command& command, std::string_view name) {
    return std::any_of(command.options.begin(), command.options.end(), [&](const Option& o) { return o.name == name; });
}

} // namespace

std::vector<Option> global_options(const Command& command) {
    std::vector<Option> out;
    if (command.dry_run || command.effect == Effect::moves_money)
        out.push_back(short_form('n', flag("dry-run", &Globals::dry_run, "Show what would be done; change nothing")));
    if (command.effect == Effect::moves_money) {
        out.push_back(option("network", &Globals::network, "NAME", "The network that the money moves on"));
        out.push_back(option("yes", &Globals::yes, "NETWORK", "Do not ask; names the network on which money may move"));
    }
    const std::vector<Option> everywhere{
        flag("json", &Globals::json, "Print JSON: one root object with a schema name"),
        short_form('o', option("format", &Globals::format, "FORMAT",
                               "table, plain, json, jsonl or csv; default: table on a terminal, else plain")),
        short_form('q', flag("quiet", &Globals::quiet, "Print results only, no notes")),
        short_form('v', flag("verbose", &Globals::verbose, "Say more: which database, whose data, how long")),
        option("log-format", &Globals::log_format, "FORMAT",
               "Of the log: text, json or journal; default: text on a terminal, else JSON lines"),
        flag("no-color", &Globals::no_color, "No colours (also: NO_COLOR)"),
        flag("no-input", &Globals::no_input, "Never ask; what would be asked is refused"),
        option("organizer", &Globals::organizer, "NAME", "Whose data (also: PASSA_ORGANIZER; default: the only one)"),
        option("db", &Globals::db, "URL", "A PostgreSQL server (also: PASSA_DB; default: passa's private database)"),
    };
    for (const auto& common : everywhere)
        if (!has_option(command, common.name)) out.push_back(common);
    return out;
}

} // namespace passa::cli
