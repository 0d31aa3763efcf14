// Help from the command values: for people in a terminal, for man, for the README's table.
#pragma once
#include "cli/spec/command.hpp"

#include <string>

namespace passa::cli {

enum class Shell : std::uint8_t { bash, zsh, fish };

template <>
struct Words<Shell> {
    static constexpr std::pair<std::string_view, Shell> k_all[] = {
        {"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}};
};

std::string overview(const std::vector<const Command*>& registry, std::size_t width);     // passa
std::string all_commands(const std::vector<const Command*>& registry, std::size_t width); // passa help commands
std::string json_help(const std::vector<const Command*>& registry, std::size_t width);    // passa help json
std::string noun_help(const std::vector<const Command*>& registry, std::string_view noun,
                      std::size_t width);                            // passa settlement
std::string command_help(const Command& command, std::size_t width); // passa settle --help
std::string error_help(std::size_t width);                           // passa help errors
std::string usage_line(const Command& command);
std::vector<ExitNote> exit_notes(const Command& command);              // 0, 1, 2 and its own
std::string readme_table(const std::vector<const Command*>& registry); // Markdown
std::string man_page(const Command& command);                          // roff, section 1
std::string man_overview(const std::vector<const Command*>& registry); // passa.1
std::string man_name(const Command& command);                          // passa-settlement-show
std::string completion(const std::vector<const Command*>& registry, Shell shell);

} // namespace passa::cli
