// What the first words of commands are about: the order and the headings of `passa help`.
#pragma once
#include "cli/spec/command.hpp"

#include <string>
#include <vector>

namespace passa::cli {

struct Topic {
    std::string_view group;
    std::string_view word; // the first of a command
    std::string_view what; // of a noun with verbs; empty: its only command says it
};

// Each first word of the registry once; those that no list knows yet stand in a last group.
std::vector<Topic> topics_of(const std::vector<const Command*>& registry);

// Empty for a command without verbs.
std::vector<std::string> verbs_of(const std::vector<const Command*>& registry, std::string_view word);

std::string first_word(const Command& command);

} // namespace passa::cli
