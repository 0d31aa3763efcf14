// What passa did on the way, for whoever operates it: retries, endpoints, leases. Off unless asked for (--verbose,
// PASSA_LOG), but for the summary of a run, which is always written; never results, which are stdout's, and never a
// secret: seeds are cut out and control characters escaped in every line, wherever its words came from.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/time.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace passa::log {

enum class Level : std::uint8_t { off, error, warning, info, debug };

// text: for people. json: one object a line {v, ts, level, topic, text, job, run_id ...}; fields may be added, never
// renamed. journal: the level as sd-daemon(3) marks it, <6>; the journal knows the time.
enum class Format : std::uint8_t { text, json, journal };

Result<Level> parse_level(std::string_view text);   // off, error, warning, info, debug; error log.level
Result<Format> parse_format(std::string_view text); // text, json, journal; error log.format
std::string_view name(Format format);

struct Options {
    Level level = Level::off;
    std::optional<std::filesystem::path> file; // else stderr; appended to, readable by its owner alone
    Format format = Format::text;
};

// Once, before threads begin. Error log.file when the file cannot be opened.
void start(const Options& options);
bool is_on(Level level);

// One line: time in UTC, level, topic ("db"), text.
void write(Level level, std::string_view topic, std::string_view text);

// The run that lines written meanwhile belong to.
class Running {
public:
    Running(std::string job, std::string run_id);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
};

// How a run of a job ended, as its one line says it.
struct Summary {
    std::string job;
    std::string run_id;              // empty: it came to no run
    std::string state = "not begun"; // done, partial, failed, nothing due, paused; running: to be gone on with
    int exit_code = 0;
    Duration took{};
    std::map<std::string, std::int64_t> counts; // what it did, by the word that people read
    std::string error_code;                     // why it did not end well
    std::string error;
};
void write(const Summary& summary); // whatever the level

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
