// Help from the command values: for people in a terminal, for man, for the README's table.
#pragma once
#include "cli/spec/command.hpp"

#include <string>

namespace passa::cli {

std::string overview(const std::vector<const Command*>& registry);                         // passa
std::string noun_help(const std::vector<const Command*>& registry, std::string_view noun); // passa settlement
std::string command_help(const Command& command, std::size_t width);                       // passa settle --help
std::string usage_line(const Command& command);
std::string readme_table(const std::vector<const Command*>& registry);                       // Markdown
std::string man_page(const Command& command);                                                // roff, section 1
std::string completion(const std::vector<const Command*>& registry, std::string_view shell); // bash, zsh or fish

} // namespace passa::cli
