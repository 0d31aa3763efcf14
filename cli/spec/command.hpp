// A command as data: parser, help, did-you-mean, completions, man pages and the README's table all read this value.
// Nothing else knows a command but the registry.
#pragma once
#include "cli/spec/value.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace passa::cli {

class Context;

enum class Effect : std::uint8_t { reads, writes, moves_money };

struct Option {
    std::string name;       // without dashes; for a positional what stands in the usage line
    std::string value_name; // empty: a flag
    std::string help;
    bool positional = false;
    bool required = false;
    bool many = false;
    std::function<Result<Done>(void* args, const std::vector<std::string>& values)> set;
    std::vector<std::string> choices = {}; // the only words it takes; empty: any
    char letter = 0;                       // short form, for the commonest few
    bool the_rest = false;                 // every word that is not passa's own, dashes and all; behind -- all words
};

struct Example {
    std::string command;
    std::string what;
};

struct ExitNote {
    ExitCode code;
    std::string when;
};

struct Runner {
    std::function<std::shared_ptr<void>()> make_args;
    std::function<ExitCode(Context&, const void* args)> run;
};

struct Command {
    std::string path; // "settlement show"
    std::string summary;
    std::string details = {}; // paragraphs for --help and the man page
    std::vector<Option> options = {};
    std::vector<Example> examples = {};
    std::vector<ExitNote> exits = {}; // beyond 0, 1 and 2
    Effect effect = Effect::reads;
    bool dry_run = false; // takes --dry-run and keeps its word; commands that move money always do
    bool hidden = false;
    Runner run;
    // With --help and its first words given: help on what these name. Its other words may be missing.
    Runner explain = {};
};

namespace detail {

template <typename T>
struct Shape {
    using Value = T;
    static constexpr bool required = true;
    static constexpr bool many = false;
    static void store(T& target, T value) { target = std::move(value); }
};
template <typename T>
struct Shape<std::optional<T>> {
    using Value = T;
    static constexpr bool required = false;
    static constexpr bool many = false;
    static void store(std::optional<T>& target, T value) { target = std::move(value); }
};
template <typename T>
struct Shape<std::vector<T>> {
    using Value = T;
    static constexpr bool required = false;
    static constexpr bool many = true;
    static void store(std::vector<T>& target, T value) { target.push_back(std::move(value)); }
};

template <typename Args, typename Target>
Option make_option(std::string name, Target Args::*target, std::string value_name, std::string help) {
    using S = Shape<Target>;
    Option option{std::move(name), std::move(value_name), std::move(help), false, S::required, S::many, {}};
    option.choices = choices_of<typename S::Value>();
    option.set = [target](void* args, const std::vector<std::string>& values) -> Result<Done> {
        for (const auto& text : values) {
            auto value = parse_value<typename S::Value>(text);
            if (!value) return value.problems();
            S::store(static_cast<Args*>(args)->*target, *value);
        }
        return Done{};
    };
    return option;
}

} // namespace detail

// Required unless its target is optional or a list.
template <typename Args, typename Target>
Option positional(const std::string& name, Target Args::*target, std::string help) {
    auto option = detail::make_option(name, target, name, std::move(help));
    option.positional = true;
    return option;
}

template <typename Args, typename Target>
Option option(std::string name, Target Args::*target, std::string value_name, std::string help) {
    return detail::make_option(std::move(name), target, std::move(value_name), std::move(help));
}

template <typename Args>
Option flag(std::string name, bool Args::*target, std::string help) {
    Option option{std::move(name), {}, std::move(help)};
    option.set = [target](void* args, const std::vector<std::string>&) -> Result<Done> {
        static_cast<Args*>(args)->*target = true;
        return Done{};
    };
    return option;
}

// A list that must not be empty.
inline Option at_least_one(Option option) {
    option.required = true;
    return option;
}

inline Option the_rest(Option option) {
    option.the_rest = true;
    return option;
}

inline Option short_form(char letter, Option option) {
    option.letter = letter;
    return option;
}

template <typename Args>
Runner runner(ExitCode (*run)(Context&, const Args&)) {
    return {[] { return std::static_pointer_cast<void>(std::make_shared<Args>()); },
            [run](Context& ctx, const void* args) { return run(ctx, *static_cast<const Args*>(args)); }};
}

} // namespace passa::cli
