// What passa did on the way, for whoever operates it: retries, endpoints, leases. Off unless asked for (--verbose,
// PASSA_LOG); never results, which are stdout's, and never a secret: seeds are cut out and control characters escaped
// in every line, wherever its words came from.
#pragma once
#include "lib/base/result.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string_view>

namespace passa::log {

enum class Level : std::uint8_t { off, warning, info, debug };

Result<Level> parse_level(std::string_view text); // off, warning, info, debug; error log.level

struct Options {
    Level level = Level::off;
    std::optional<std::filesystem::path> file; // else stderr; appended to, readable by its owner alone
};

// Once, before threads begin. Error log.file when the file cannot be opened.
void start(const Options& options);
bool is_on(Level level);

// One line: time in UTC, level, topic ("db"), text.
void write(Level level, std::string_view topic, std::string_view text);

template <typename... Args>
void warning(std::string_view topic, fmt::format_string<Args...> text, Args&&... args) {
    if (is_on(Level::warning)) write(Level::warning, topic, fmt::format(text, std::forward<Args>(args)...));
}
template <typename... Args>
void info(std::string_view topic, fmt::format_string<Args...> text, Args&&... args) {
    if (is_on(Level::info)) write(Level::info, topic, fmt::format(text, std::forward<Args>(args)...));
}
template <typename... Args>
void debug(std::string_view topic, fmt::format_string<Args...> text, Args&&... args) {
    if (is_on(Level::debug)) write(Level::debug, topic, fmt::format(text, std::forward<Args>(args)...));
}

} // namespace passa::log
