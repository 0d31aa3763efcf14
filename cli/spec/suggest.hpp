// Did you mean: answers to words that are nearly right.
#pragma once
#include "cli/spec/command.hpp"

namespace passa::cli {

using Registry = std::vector<const Command*>;

// "did you mean NAME?" when one is near, else `otherwise`: the hint of a name that is not there.
std::string nearest_hint(const std::string& wanted, const std::vector<std::string>& known, std::string otherwise);

bool is_noun(const Registry& registry, const std::vector<std::string>& words);                 // a command begins so
Problem unknown_command(const Registry& registry, const std::vector<std::string>& words);      // cli.unknown_command
Problem unknown_word(const Command& command, const std::string& word);                         // cli.usage
Problem usage_problem(const Command& command, const std::string& what, std::string hint = {}); // cli.usage

} // namespace passa::cli
