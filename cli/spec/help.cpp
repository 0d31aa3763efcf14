// Text for terminals: usage first, then examples, options and exit codes.
#include "cli/spec/help.hpp"

#include "cli/spec/parse.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <map>

namespace passa::cli {
namespace {

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
    std::string out;
    std::size_t column = indent;
    for (const auto word : split_at(text, ' ')) {
        if (column > indent && column + 1 + display_width(word) > width) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += display_width(word);
    }
    return out;
}

std::string spelled(const Option& o) {
    if (o.positional) return o.name + (o.many ? "..." : "");
    return "--" + o.name + (o.value_name.empty() ? "" : " " + o.value_name);
}

std::string option_lines(const std::vector<Option>& options, std::size_t width) {
    constexpr std::size_t column = 26;
    std::string out;
    for (const auto& o : options) {
        auto left = "  " + spelled(o);
        if (left.size() + 2 > column || width < 60)
            left += "\n" + std::string(width < 60 ? 6 : column, ' ');
        else
            left += std::string(column - left.size(), ' ');
        out += left + wrap(o.help, width < 60 ? 6 : column, width) + "\n";
    }
    return out;
}

std::string exit_lines(const Command& command) {
    std::string out = "  0   done\n  1   it was tried and did not work\n  2   wrong usage or bad input\n";
    for (const auto& note : command.exits) out += fmt::format("  {:<3} {}\n", static_cast<int>(note.code), note.when);
    return out;
}

} // namespace

std::string usage_line(const Command& command) {
    std::string out = "passa " + command.path;
    for (const auto& o : command.options) {
        const auto text = spelled(o);
        out += o.required ? " " + text : " [" + text + "]";
        if (!o.positional && o.many) out += "...";
    }
    return out;
}

std::string overview(const std::vector<const Command*>& registry) {
    std::string out = "passa: settle live events and pay everyone exactly\n\nUsage: passa COMMAND [OPTION...]\n\n";
    std::string noun;
    for (const auto* command : registry) {
        if (command->hidden) continue;
        const auto first = command->path.substr(0, command->path.find(' '));
        if (first != noun && !noun.empty()) out += "\n";
        noun = first;
        out += fmt::format("  {:<20} {}\n", command->path, command->summary);
    }
    return out + "\nMore: passa COMMAND --help, passa help errors, passa --version -v\n";
}

std::string noun_help(const std::vector<const Command*>& registry, std::string_view noun) {
    std::string out = fmt::format("Usage: passa {} COMMAND [OPTION...]\n\n", noun);
    for (const auto* command : registry)
        if (!command->hidden && (command->path == noun || command->path.starts_with(std::string{noun} + " ")))
            out += fmt::format("  {:<20} {}\n", command->path, command->summary);
    return out;
}

std::string command_help(const Command& command, std::size_t width) {
    std::string out = fmt::format("{}\n\nUsage: {}\n", command.summary, wrap(usage_line(command), 7, width));
    if (!command.examples.empty()) out += "\nExamples:\n";
    for (const auto& example : command.examples)
        out += fmt::format("  {}\n      {}\n", example.command, wrap(example.what, 6, width));
    if (!command.details.empty()) {
        out += "\n";
        for (const auto paragraph : split_at(command.details, '\n')) out += wrap(paragraph, 0, width) + "\n";
    }
    if (!command.options.empty()) out += "\nOptions:\n" + option_lines(command.options, width);
    out += "\nCommon options:\n" + option_lines(global_options(command.effect), width);
    return out + "\nExit codes:\n" + exit_lines(command);
}

std::string readme_table(const std::vector<const Command*>& registry) {
    std::string out = "| command | what it does |\n|---|---|\n";
    for (const auto* command : registry)
        if (!command->hidden) out += fmt::format("| `{}` | {} |\n", usage_line(*command), command->summary);
    return out;
}

} // namespace passa::cli
