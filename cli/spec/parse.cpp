// The only file that knows CLI11. Its exit codes and texts stay inside.
#include "cli/spec/parse.hpp"

#include "lib/base/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace passa::cli {
namespace {

Problem usage(std::string message, std::string hint) {
    return {Kind::usage, "cli.usage", std::move(message), std::move(hint)};
}

std::vector<std::string> words_of(std::string_view path) {
    std::vector<std::string> words;
    for (const auto part : split_at(path, ' ')) words.emplace_back(part);
    return words;
}

bool starts_with(const std::vector<std::string>& words, const std::vector<std::string>& path) {
    return words.size() >= path.size() && std::equal(path.begin(), path.end(), words.begin());
}

// The longest path that the words begin with.
const Command* find_command(const std::vector<const Command*>& registry, const std::vector<std::string>& words) {
    const Command* best = nullptr;
    for (const auto* command : registry)
        if (starts_with(words, words_of(command->path)) &&
            (best == nullptr || command->path.size() > best->path.size()))
            best = command;
    return best;
}

Problem unknown_command(const std::vector<const Command*>& registry, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    const bool noun_known = std::any_of(registry.begin(), registry.end(),
                                        [&](const auto* c) { return words_of(c->path).front() == words.front(); });
    const auto wanted = noun_known && words.size() > 1 ? words[0] + " " + words[1] : words.front();
    for (const auto* command : registry) {
        if (command->hidden) continue;
        known.push_back(noun_known ? command->path : words_of(command->path).front());
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    const auto near = nearest_names(wanted, known);
    return {Kind::usage, "cli.unknown_command", fmt::format("there is no command '{}'", printable(wanted, 60)),
            near.empty() ? "see all commands with: passa help" : fmt::format("did you mean: passa {}", near.front())};
}

struct Bound { // an option while CLI11 fills it
    const Option* option;
    std::vector<std::string> values;
    bool seen = false;
};

void add(CLI::App& app, Bound& bound) {
    const auto& o = *bound.option;
    if (o.value_name.empty()) {
        app.add_flag("--" + o.name, bound.seen, o.help);
        return;
    }
    auto* added = app.add_option(o.positional ? o.name : "--" + o.name, bound.values, o.help);
    if (o.many && o.positional) {
        added->expected(-1);
        return;
    }
    added->expected(1)->allow_extra_args(false);
    added->multi_option_policy(o.many ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::Throw);
}

Problem translate(const CLI::ParseError& error, const Command& command, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const auto& list : {command.options, global_options(command.effect)})
        for (const auto& o : list)
            if (!o.positional) known.push_back("--" + o.name);
    for (const auto& word : words) {
        const auto name = word.substr(0, word.find('='));
        if (!name.starts_with("--") || name == "--" || std::find(known.begin(), known.end(), name) != known.end())
            continue;
        const auto near = nearest_names(name, known);
        return usage(fmt::format("passa {} has no option {}", command.path, printable(name, 40)),
                     near.empty() ? fmt::format("see: passa {} --help", command.path)
                                  : fmt::format("did you mean {}?", near.front()));
    }
    for (const auto& word : words)
        if (word.starts_with("--") && std::count(words.begin(), words.end(), word) > 1)
            return usage(fmt::format("passa {}: {} is given twice", command.path, printable(word, 40)), "give it once");
    return usage(fmt::format("passa {}: {}", command.path, printable(error.what(), 200)),
                 fmt::format("see: passa {} --help", command.path));
}

Problem missing(const Option& o) {
    const auto spelled = o.positional ? o.name : fmt::format("--{} {}", o.name, o.value_name);
    return usage(fmt::format("{} is missing", spelled), fmt::format("add {}: {}", spelled, o.help));
}

Result<Done> store(const std::vector<Bound>& bound, void* args) {
    Problems problems;
    for (const auto& b : bound) {
        const bool given = b.option->value_name.empty() ? b.seen : !b.values.empty();
        if (!given) {
            if (b.option->required) problems.push_back(missing(*b.option));
            continue;
        }
        if (const auto stored = b.option->set(args, b.values); !stored) {
            auto problem = stored.problem();
            problem.kind = Kind::usage;
            problem.message =
                fmt::format("{}{}: {}", b.option->positional ? "" : "--", b.option->name, problem.message);
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) return problems;
    return Done{};
}

Result<Parsed> parse_leaf(const Command& command, std::vector<std::string> words) {
    Parsed parsed;
    parsed.command = &command;
    parsed.args = command.run.make_args();
    const auto globals = global_options(command.effect);
    std::vector<Bound> own, shared;
    for (const auto& o : command.options) own.push_back({&o, {}, false});
    for (const auto& o : globals) shared.push_back({&o, {}, false});
    CLI::App app;
    app.set_help_flag();
    for (auto* list : {&own, &shared})
        for (auto& b : *list) add(app, b);
    const auto given = words;
    std::reverse(words.begin(), words.end()); // CLI11 eats from the back
    try {
        app.parse(words);
    } catch (const CLI::ParseError& error) {
        return translate(error, command, given);
    }
    Problems problems;
    if (const auto stored = store(own, parsed.args.get()); !stored) problems = stored.problems();
    if (const auto stored = store(shared, &parsed.globals); !stored)
        problems.insert(problems.end(), stored.problems().begin(), stored.problems().end());
    if (!problems.empty()) return problems;
    return parsed;
}

} // namespace

Result<std::int64_t> ValueParser<std::int64_t>::parse(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return Problem{Kind::usage, "cli.number", fmt::format("'{}' is not a whole number", printable(text, 40)), ""};
    return value;
}

std::vector<Option> global_options(Effect effect) {
    std::vector<Option> out{
        flag("json", &Globals::json, "Print JSON: one root object with a schema name"),
        flag("quiet", &Globals::quiet, "Print results only, no notes"),
        flag("no-color", &Globals::no_color, "No colours (also: NO_COLOR)"),
        flag("no-input", &Globals::no_input, "Never ask; what would be asked is refused"),
        option("organizer", &Globals::organizer, "NAME", "Whose data (also: PASSA_ORGANIZER; default: the only one)"),
        option("db", &Globals::db, "URL", "A PostgreSQL server (also: PASSA_DB; default: passa's private database)"),
    };
    if (effect != Effect::reads)
        out.push_back(flag("dry-run", &Globals::dry_run, "Show what would be done; change nothing"));
    if (effect == Effect::moves_money)
        out.push_back(option("yes", &Globals::yes, "NETWORK", "Do not ask; names the network on which money may move"));
    return out;
}

Result<Parsed> parse(const std::vector<const Command*>& registry, const std::vector<std::string>& words) {
    const auto is_word = [](const std::string& w) { return !w.starts_with('-'); };
    const auto end_of_options = std::find(words.begin(), words.end(), "--");
    const bool help =
        std::any_of(words.begin(), end_of_options, [](const auto& w) { return w == "--help" || w == "-h"; });
    Parsed parsed;
    if (words.empty() || words.front() == "help" || help) {
        for (auto it = words.begin(); it != end_of_options && (is_word(*it) || it == words.begin()); ++it)
            if (is_word(*it) && !(it == words.begin() && *it == "help")) parsed.help.push_back(*it);
        parsed.command = find_command(registry, parsed.help);
        return parsed;
    }
    if (words.front() == "--version" || words.front() == "version") {
        parsed.version = true;
        parsed.verbose = words.size() > 1 && (words[1] == "-v" || words[1] == "--verbose");
        return parsed;
    }
    const auto* command = find_command(registry, words);
    if (command == nullptr) {
        const bool noun = words.size() == 1 && std::any_of(registry.begin(), registry.end(), [&](const auto* c) {
                              return words_of(c->path).front() == words.front();
                          });
        if (!noun) return unknown_command(registry, words);
        parsed.help = words;
        return parsed;
    }
    return parse_leaf(*command,
                      {words.begin() + static_cast<std::ptrdiff_t>(words_of(command->path).size()), words.end()});
}

} // namespace passa::cli
