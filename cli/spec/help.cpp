// Text for terminals: usage first, then examples, options and exit codes. Narrow terminals get help below the option.
#include "cli/spec/help.hpp"

#include "cli/out/wrap.hpp"
#include "cli/spec/fields.hpp"
#include "cli/spec/globals.hpp"
#include "cli/spec/topics.hpp"
#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

using out::wrap;

constexpr std::size_t k_narrow = 60;
constexpr std::size_t k_topic_column = 14;

std::string spelled(const Option& o) {
    if (o.positional) return o.name + (o.many ? "..." : "");
    return "--" + o.name + (o.value_name.empty() ? "" : " " + o.value_name);
}

// Two columns: a term and what it means.
std::string term_line(const std::string& term, std::string_view meaning, std::size_t column, std::size_t width) {
    auto left = "  " + term;
    const bool below = width < k_narrow;
    if (below) column = 6;
    if (below || left.size() + 2 > column)
        left += "\n" + std::string(column, ' ');
    else
        left += std::string(column - left.size(), ' ');
    return left + wrap(meaning, column, width) + "\n";
}

std::string option_lines(const std::vector<Option>& options, std::size_t width) {
    std::string out;
    for (const auto& o : options) {
        auto meaning = o.help;
        if (!o.choices.empty() && meaning.find(o.choices.back()) == std::string::npos)
            meaning += fmt::format(" ({})", join(o.choices, ", "));
        const auto term = o.letter == 0 ? spelled(o) : fmt::format("-{}, {}", o.letter, spelled(o));
        out += term_line(term, meaning, 26, width);
    }
    return out;
}

std::string command_lines(const std::vector<const Command*>& commands, std::size_t width) {
    std::size_t longest = 0;
    for (const auto* command : commands) longest = std::max(longest, command->path.size());
    std::string out;
    for (const auto* command : commands) out += term_line(command->path, command->summary, longest + 5, width);
    return out;
}

std::string paragraphs(std::string_view text, std::size_t width) {
    std::string out;
    for (const auto paragraph : split_at(text, '\n')) out += wrap(paragraph, 0, width) + "\n";
    return out;
}

std::string json_lines(const Command& command, std::size_t width) {
    auto out = fmt::format("JSON {}:\n", schema_name(command.path));
    for (const auto& field : json_fields(command.path)) {
        const auto meaning = fmt::format("{}{}{}", field.type, field.meaning.empty() ? "" : ": ", field.meaning);
        out += term_line(std::string{field.path}, meaning, 26, width);
    }
    return out;
}

// "Ticket sales coming in: import, list, show, profiles".
std::string about(const std::vector<const Command*>& registry, const Topic& topic) {
    const auto verbs = verbs_of(registry, topic.word);
    if (!verbs.empty()) return fmt::format("{}{}{}", topic.what, topic.what.empty() ? "" : ": ", join(verbs, ", "));
    const auto it = std::find_if(registry.begin(), registry.end(),
                                 [&](const auto* command) { return command->path == topic.word; });
    return (*it)->summary;
}

} // namespace

std::vector<ExitNote> exit_notes(const Command& command) {
    std::vector<ExitNote> notes{{ExitCode::ok, "done"},
                                {ExitCode::failed, "it was tried and did not work"},
                                {ExitCode::usage, "wrong usage or bad input"}};
    for (const auto& own : command.exits) { // its own words for a code stand in for the common ones
        const auto it = std::find_if(notes.begin(), notes.end(), [&](const ExitNote& n) { return n.code == own.code; });
        if (it == notes.end())
            notes.push_back(own);
        else
            it->when = own.when;
    }
    std::sort(notes.begin(), notes.end(), [](const ExitNote& a, const ExitNote& b) { return a.code < b.code; });
    return notes;
}

std::string usage_line(const Command& command) {
    std::string out = "passa " + command.path;
    for (const auto& o : command.options) {
        const auto text = spelled(o);
        out += o.required ? " " + text : " [" + text + "]";
        if (!o.positional && o.many) out += "...";
    }
    return out;
}

std::string overview(const std::vector<const Command*>& registry, std::size_t width) {
    std::string out = wrap("passa: settle live events and pay everyone to the cent", 0, width) +
                      "\n\nUsage: passa COMMAND [OPTION...]\n";
    std::string_view group;
    for (const auto& topic : topics_of(registry)) {
        if (topic.group != group) out += fmt::format("\n{}:\n", group = topic.group);
        out += term_line(std::string{topic.word}, about(registry, topic), k_topic_column, width);
    }
    return out + "\nMore:\n" + term_line("passa COMMAND --help", "options, examples, exit codes, JSON", 26, width) +
           term_line("passa help commands", "one line per command", 26, width) +
           term_line("passa help errors", "every error code with its exit code and text", 26, width) +
           term_line("passa help json", "what --json prints, field by field", 26, width) +
           term_line("passa --version -v", "what this binary is made of", 26, width);
}

std::string all_commands(const std::vector<const Command*>& registry, std::size_t width) {
    std::vector<const Command*> shown;
    for (const auto* command : registry)
        if (!command->hidden) shown.push_back(command);
    return command_lines(shown, width);
}

std::string json_help(const std::vector<const Command*>& registry, std::size_t width) {
    std::string out =
        wrap("With --json every command prints one object whose field `schema` names its form; a change that "
             "would break a reader gets a new name. Amounts are objects of text {amount, asset}, times are "
             "UTC, fields without a value are null.",
             0, width) +
        "\n";
    for (const auto* command : registry)
        if (!command->hidden) out += "\n" + json_lines(*command, width);
    return out;
}

std::string noun_help(const std::vector<const Command*>& registry, std::string_view noun, std::size_t width) {
    std::vector<const Command*> shown;
    for (const auto* command : registry)
        if (!command->hidden && (command->path + ' ').starts_with(fmt::format("{} ", noun))) shown.push_back(command);
    return fmt::format("Usage: passa {} COMMAND [OPTION...]\n\n{}", noun, command_lines(shown, width)) +
           wrap(fmt::format("\nMore: passa {} --help", shown.front()->path), 0, width) + "\n";
}

std::string command_help(const Command& command, std::size_t width) {
    std::string out =
        fmt::format("{}\n\nUsage: {}\n", wrap(command.summary, 0, width), wrap(usage_line(command), 7, width));
    if (!command.examples.empty()) out += "\nExamples:\n";
    for (const auto& example : command.examples)
        out += fmt::format("  {}\n      {}\n", example.command, wrap(example.what, 6, width));
    if (!command.details.empty()) out += "\n" + paragraphs(command.details, width);
    if (!command.options.empty()) out += "\nOptions:\n" + option_lines(command.options, width);
    out += "\nCommon options:\n" + option_lines(global_options(command), width);
    out += "\nExit codes:\n";
    for (const auto& note : exit_notes(command))
        out += fmt::format("  {:<4}{}\n", static_cast<int>(note.code), wrap(note.when, 6, width));
    return out + "\n" + json_lines(command, width);
}

std::string readme_table(const std::vector<const Command*>& registry) {
    std::string out = "| command | what it does |\n|---|---|\n";
    for (const auto* command : registry)
        if (!command->hidden) out += fmt::format("| `{}` | {} |\n", usage_line(*command), command->summary);
    return out;
}

} // namespace passa::cli
