// The only file that knows CLI11. Its exit codes and texts stay inside.
#include "cli/spec/parse.hpp"

#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace passa::cli {
namespace {

using Line = std::vector<std::string>;

constexpr std::size_t k_most_words = 20'000; // a shell's glob over a large folder still fits

Line words_of(std::string_view path) {
    Line words;
    for (const auto part : split_at(path, ' ')) words.emplace_back(part);
    return words;
}

// The command with the longest path that the words begin with.
const Command* find_command(const Registry& registry, const Line& words) {
    const Command* best = nullptr;
    for (const auto* command : registry) {
        const auto path = words_of(command->path);
        const bool fits = words.size() >= path.size() && std::equal(path.begin(), path.end(), words.begin());
        if (fits && (best == nullptr || command->path.size() > best->path.size())) best = command;
    }
    return best;
}

struct Bound { // an option while CLI11 fills it
    const Option* option;
    Line values;
    bool seen = false;
};

std::string written(const Option& o) {
    return o.positional ? o.name : o.value_name.empty() ? "--" + o.name : fmt::format("--{} {}", o.name, o.value_name);
}

void add(CLI::App& app, Bound& bound) {
    const auto& o = *bound.option;
    const auto names = o.positional ? o.name : (o.letter == 0 ? "" : fmt::format("-{},", o.letter)) + "--" + o.name;
    if (o.value_name.empty()) {
        app.add_flag(names, bound.seen, o.help)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        return;
    }
    auto* added = app.add_option(names, bound.values, o.help);
    if (o.many && o.positional) {
        added->expected(-1);
        return;
    }
    // Repeats are counted by us, so that our words name them.
    added->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

bool names(const Option& o, const std::string& word) {
    return !o.positional && (word == "--" + o.name || (o.letter != 0 && word == fmt::format("-{}", o.letter)));
}

// Before CLI11, which would take the next option for the value. A value that looks like one is written --name=value.
std::optional<Problem> find_missing_value(const Command& command, const std::vector<const Option*>& options,
                                          const Line& words) {
    const auto end = static_cast<std::size_t>(std::find(words.begin(), words.end(), "--") - words.begin());
    const auto ends_here = [&](std::size_t i) {
        return i == end ||
               std::any_of(options.begin(), options.end(), [&](const auto* o) { return names(*o, words[i]); });
    };
    for (std::size_t i = 0; i < end; ++i)
        for (const auto* o : options) {
            const bool bare = (names(*o, words[i]) && ends_here(i + 1)) || words[i] == "--" + o->name + "=";
            if (!o->value_name.empty() && bare)
                return usage_problem(command, fmt::format("--{} needs a value", o->name),
                                     fmt::format("write {}: {}", written(*o), o->help));
            if (o->value_name.empty() && words[i].starts_with("--" + o->name + "="))
                return usage_problem(command, fmt::format("--{} takes no value", o->name),
                                     fmt::format("write --{} alone", o->name));
        }
    return std::nullopt;
}

Problem missing(const Option& o) {
    return {Kind::usage, "cli.usage", fmt::format("{} is missing", written(o)),
            fmt::format("add {}: {}", written(o), o.help)};
}

struct Asked {
    const Command& command;
    bool explain; // for help: what is asked about may be half written
};

void store(const Asked& asked, const std::vector<Bound>& bound, void* args, Problems& problems) {
    for (const auto& b : bound) {
        const auto& o = *b.option;
        const bool given = o.value_name.empty() ? b.seen : !b.values.empty();
        if (!given && o.required && !asked.explain) problems.push_back(missing(o));
        if (!given) continue;
        if (!o.many && b.values.size() > 1) {
            problems.push_back(
                usage_problem(asked.command, fmt::format("--{} is given twice", o.name), "give it once"));
            continue;
        }
        if (const auto stored = o.set(args, b.values); !stored) {
            auto problem = stored.problem();
            problem.kind = Kind::usage;
            problem.message = fmt::format("{}{}: {}", o.positional ? "" : "--", o.name, problem.message);
            problems.push_back(std::move(problem));
        }
    }
}

Result<Done> fill(const Command& command, std::vector<Bound>& own, std::vector<Bound>& shared, const Line& words) {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::vector<const Option*> options;
    for (auto* list : {&own, &shared})
        for (auto& b : *list) {
            if (!b.option->the_rest) add(app, b);
            options.push_back(b.option);
        }
    if (const auto problem = find_missing_value(command, options, words)) return *problem;
    try {
        app.parse(Line{words.rbegin(), words.rend()}); // CLI11 eats from the back
    } catch (const CLI::Error&) {                      // translated: its texts are for programmers
        return usage_problem(command, "these arguments cannot be combined");
    }
    auto extras = app.remaining();
    if (const auto separator = std::find(extras.begin(), extras.end(), "--"); separator != extras.end())
        extras.erase(separator);
    const auto rest = std::find_if(own.begin(), own.end(), [](const Bound& b) { return b.option->the_rest; });
    if (rest != own.end()) {
        rest->values = std::move(extras);
        return Done{};
    }
    if (extras.empty()) return Done{};
    const auto dashed = std::find_if(extras.begin(), extras.end(), [](const auto& w) { return w.starts_with('-'); });
    return unknown_word(command, dashed == extras.end() ? extras.front() : *dashed);
}

Result<Parsed> parse_leaf(const Command& command, const Line& words, bool explain = false) {
    Parsed parsed;
    parsed.explain = explain;
    parsed.command = &command;
    parsed.args = command.run.make_args();
    const auto globals = global_options(command);
    std::vector<Bound> own, shared;
    for (const auto& o : command.options) own.push_back({&o, {}, false});
    for (const auto& o : globals) shared.push_back({&o, {}, false});
    if (words.size() > k_most_words)
        return usage_problem(command, fmt::format("more than {} words", k_most_words), "name a folder instead");
    if (const auto filled = fill(command, own, shared, words); !filled) return filled.problems();
    Problems problems;
    store({command, explain}, own, parsed.args.get(), problems);
    store({command, explain}, shared, &parsed.globals, problems);
    if (!problems.empty()) return problems;
    auto& g = parsed.globals;
    if (g.json && g.format && *g.format != Format::json)
        return usage_problem(command, "--json and --format contradict each other", "give one of them");
    if (g.json) g.format = Format::json;
    g.json = g.format == Format::json;
    return parsed;
}

bool is_help_topic(const std::string& word) { return word == "errors" || word == "json" || word == "commands"; }

bool is_word(const std::string& word) { return !word.starts_with('-'); }

// `passa`, `passa help x y`, `passa x y --help`, `-h` anywhere before `--`.
bool wants_help(const Line& words) {
    const auto end = std::find(words.begin(), words.end(), "--");
    return words.empty() || words.front() == "help" ||
           std::any_of(words.begin(), end, [](const auto& w) { return w == "--help" || w == "-h"; });
}

// The words of a command that can tell more of what they name, without the asking ones; none: the usual help.
std::optional<Line> words_to_explain(const Command* command, const Line& words) {
    if (command == nullptr || !command->explain.run) return std::nullopt;
    const auto end = std::find(words.begin(), words.end(), "--");
    Line rest{words.begin() + static_cast<std::ptrdiff_t>(words_of(command->path).size()), end};
    std::erase_if(rest, [](const auto& word) { return word == "--help" || word == "-h"; });
    if (rest.empty() || !is_word(rest.front())) return std::nullopt;
    return rest;
}

bool is_format(const std::string& word) {
    return word == "--json" || word == "--format" || word.starts_with("--format=") ||
           (word.starts_with("-o") && !word.starts_with("--"));
}

Result<Parsed> parse_help(const Registry& registry, const Line& words) {
    Parsed parsed;
    const auto format = words.front() == "help" ? std::find_if(words.begin(), words.end(), is_format) : words.end();
    if (format != words.end())
        return Problem{Kind::usage, "cli.usage",
                       fmt::format("passa help prints text for people and takes no '{}'", printable(*format, 40)),
                       "leave it out; what --json of the commands prints: passa help json"};
    for (const auto& word : words) {
        if (word == "--help" || word == "-h" || (word == "help" && &word == &words.front())) continue;
        if (!is_word(word)) break;
        parsed.help.push_back(word);
    }
    parsed.command = find_command(registry, parsed.help);
    const bool topic = words.front() == "help" && parsed.help.size() == 1 && is_help_topic(parsed.help.front());
    if (parsed.command != nullptr || parsed.help.empty() || topic) return parsed;
    if (is_noun(registry, parsed.help)) return parsed;
    return unknown_command(registry, parsed.help);
}

Result<Parsed> parse_version(const Line& words) {
    Parsed parsed;
    parsed.version = true;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] != "-v" && words[i] != "--verbose")
            return Problem{Kind::usage, "cli.usage",
                           fmt::format("passa --version takes no '{}'", printable(words[i], 40)), "passa --version -v"};
        parsed.verbose = true;
    }
    return parsed;
}

} // namespace

Result<Parsed> parse(const Registry& registry, const Line& words) {
    if (wants_help(words)) {
        if (const auto asked = words_to_explain(find_command(registry, words), words))
            return parse_leaf(*find_command(registry, words), *asked, true);
        return words.empty() ? Parsed{} : parse_help(registry, words);
    }
    if (words.front() == "--version" || words.front() == "version") return parse_version(words);
    const auto* command = find_command(registry, words);
    if (command != nullptr) {
        const auto path = words_of(command->path).size();
        return parse_leaf(*command, {words.begin() + static_cast<std::ptrdiff_t>(path), words.end()});
    }
    if (!is_noun(registry, words)) return unknown_command(registry, words);
    Parsed parsed; // a noun alone lists its verbs
    parsed.help = words;
    return parsed;
}

} // namespace passa::cli
