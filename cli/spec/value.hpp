// From the words of a command line to typed values: one parse_value per type, errors say what the word should look
// like. An enum becomes a value by naming its words:
//   template <> struct Words<Shell> { static constexpr std::pair<std::string_view, Shell> k_all[] = {{"bash", ...}}; };
#pragma once
#include "lib/base/id.hpp"
#include "lib/base/time.hpp"

#include <filesystem>
#include <span>

namespace passa::cli {

template <typename E>
struct Words; // specialise for each enum

template <typename T>
struct ValueParser;

// Of an id that is none: which command lists those there are.
Problem with_source(Problem problem, std::string_view prefix);

template <typename T>
Result<T> parse_value(const std::string& text) {
    return ValueParser<T>::parse(text);
}

// How many rows a list shows at most: the same law for every --limit.
struct RowLimit {
    static constexpr std::int64_t k_most = 1'000'000;
    std::int64_t rows = 0;
};

// The words that a type is limited to; none: any text that its parser takes.
template <typename T>
std::vector<std::string> choices_of() {
    std::vector<std::string> words;
    if constexpr (std::is_enum_v<T>)
        for (const auto& [word, value] : Words<T>::k_all) words.emplace_back(word);
    return words;
}

// Where `text` stands among the choices; error cli.choice with the nearest of them.
Result<std::size_t> find_choice(const std::string& text, const std::vector<std::string>& choices);

template <>
struct ValueParser<std::string> {
    static Result<std::string> parse(const std::string& text) { return text; }
};
template <>
struct ValueParser<std::filesystem::path> {
    static Result<std::filesystem::path> parse(const std::string& text); // error cli.empty
};
template <>
struct ValueParser<Instant> {
    static Result<Instant> parse(const std::string& text) { return parse_instant(text); }
};
template <>
struct ValueParser<Day> {
    static Result<Day> parse(const std::string& text) { return parse_day(text); }
};
template <>
struct ValueParser<Duration> {
    static Result<Duration> parse(const std::string& text) { return parse_duration(text); }
};
template <>
struct ValueParser<std::int64_t> {
    static Result<std::int64_t> parse(const std::string& text); // error cli.number
};
template <>
struct ValueParser<RowLimit> {
    static Result<RowLimit> parse(const std::string& text); // errors cli.number, cli.limit
};
template <typename Tag>
struct ValueParser<Id<Tag>> {
    static Result<Id<Tag>> parse(const std::string& text) {
        auto id = Id<Tag>::parse(text);
        return id ? id : Result<Id<Tag>>{with_source(id.problem(), Tag::prefix)};
    }
};
template <typename E>
requires std::is_enum_v<E>
struct ValueParser<E> {
    static Result<E> parse(const std::string& text) {
        return find_choice(text, choices_of<E>()).map([](std::size_t at) { return Words<E>::k_all[at].second; });
    }
};

} // namespace passa::cli
