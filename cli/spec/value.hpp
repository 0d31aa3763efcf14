// From the words of a command line to typed values: one parse_value per type, errors say what the word should look
// like.
#pragma once
#include "lib/base/id.hpp"
#include "lib/base/time.hpp"

#include <filesystem>

namespace passa::cli {

template <typename T>
struct ValueParser;

template <typename T>
Result<T> parse_value(const std::string& text) {
    return ValueParser<T>::parse(text);
}

template <>
struct ValueParser<std::string> {
    static Result<std::string> parse(const std::string& text) { return text; }
};
template <>
struct ValueParser<std::filesystem::path> {
    static Result<std::filesystem::path> parse(const std::string& text) { return std::filesystem::path{text}; }
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
struct ValueParser<std::int64_t> {
    static Result<std::int64_t> parse(const std::string& text); // error cli.number
};
template <typename Tag>
struct ValueParser<Id<Tag>> {
    static Result<Id<Tag>> parse(const std::string& text) { return Id<Tag>::parse(text); }
};

} // namespace passa::cli
