// Did you mean: answers to words that are nearly right.
#pragma once
#include "cli/spec/command.hpp"

namespace passa::cli {

using Registry = std::vector<const Command*>;

bool is_noun(const Registry& registry, std::string_view word);                                 // a command begins so
Problem unknown_command(const Registry& registry, const std::vector<std::string>& words);      // cli.unknown_command
Problem unknown_word(const Command& command, const std::string& word);                         // cli.usage
Problem usage_problem(const Command& command, const std::string& what, std::string hint = {}); // cli.usage

} // namespace passa::cli
