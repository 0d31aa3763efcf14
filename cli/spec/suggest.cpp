// Nearest names come from lib/base; here only what may be meant.
#include "cli/spec/suggest.hpp"

#include "cli/spec/globals.hpp"
#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

std::string first_word(const std::string& path) { return path.substr(0, path.find(' ')); }

std::vector<std::string> option_names(const Command& command) {
    std::vector<std::string> names;
    for (const auto& list : {command.options, global_options(command)})
        for (const auto& o : list)
            if (!o.positional) names.push_back("--" + o.name);
    return names;
}

} // namespace

std::string nearest_hint(const std::string& wanted, const std::vector<std::string>& known, std::string otherwise) {
    const auto near = nearest_names(wanted, known);
    return near.empty() ? std::move(otherwise) : fmt::format("did you mean {}?", near.front());
}

bool is_noun(const Registry& registry, const std::vector<std::string>& words) {
    const auto path = join(words, " ") + " ";
    return std::any_of(registry.begin(), registry.end(),
                       [&](const auto* c) { return !c->hidden && (c->path + " ").starts_with(path); });
}

Problem unknown_command(const Registry& registry, const std::vector<std::string>& words) {
    if (words.front().starts_with('-'))
        return {Kind::usage, "cli.usage", fmt::format("{} stands before the command", printable(words.front(), 40)),
                "options come after it: passa COMMAND [OPTION...]"};
    std::vector<std::string> noun, said{words.front()};
    while (is_noun(registry, said) && said.size() < words.size()) {
        noun = said;
        said.push_back(words[said.size()]);
    }
    const auto wanted = join(said, " ");
    std::vector<std::string> known;
    for (const auto* command : registry) {
        if (command->hidden) continue;
        auto name = noun.empty() ? first_word(command->path) : command->path;
        if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(std::move(name));
    }
    const auto near = nearest_names(wanted, known);
    const auto hint = !near.empty()  ? fmt::format("did you mean: passa {}", near.front())
                      : noun.empty() ? "see all commands with: passa help"
                                     : fmt::format("see what there is with: passa {}", join(noun, " "));
    return {Kind::usage, "cli.unknown_command", fmt::format("there is no command '{}'", printable(wanted, 60)), hint};
}

Problem usage_problem(const Command& command, const std::string& what, std::string hint) {
    if (hint.empty()) hint = fmt::format("see: passa {} --help", command.path);
    return {Kind::usage, "cli.usage", fmt::format("passa {}: {}", command.path, what), std::move(hint)};
}

Problem unknown_word(const Command& command, const std::string& word) {
    const auto find = [&](auto fits) { return std::find_if(command.options.begin(), command.options.end(), fits); };
    const auto required = find([](const Option& o) { return o.required && !o.positional && o.value_name == "NAME"; });
    if (!word.starts_with('-'))
        return usage_problem(command, fmt::format("unexpected argument '{}'", printable(word, 40)),
                             required == command.options.end()
                                 ? std::string{}
                                 : fmt::format("is it meant as --{} {}?", required->name, printable(word, 40)));
    const auto name = word.substr(0, word.find('='));
    const auto near = nearest_names(name, option_names(command));
    return {Kind::usage, "cli.usage", fmt::format("passa {} has no option {}", command.path, printable(name, 40)),
            near.empty() ? fmt::format("see: passa {} --help", command.path)
                         : fmt::format("did you mean {}?", near.front())};
}

} // namespace passa::cli
