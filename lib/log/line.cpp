// Fields of a line: v, ts, level, topic, text always; job and run_id where known; a summary has more.
#include "lib/log/line.hpp"

#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace passa::log {
namespace {

constexpr int k_version = 1;                 // of the JSON form
constexpr std::size_t k_longest_line = 4096; // a remote answer may be quoted, not poured out

std::string safe(std::string_view text) { return printable(without_secret_seeds(text), k_longest_line); }

std::string_view word(Level level) {
    switch (level) {
    case Level::off: return "off";
    case Level::error: return "error";
    case Level::warning: return "warning";
    case Level::info: return "info";
    case Level::debug: return "debug";
    }
    return "off";
}

// syslog's numbers: LOG_ERR, LOG_WARNING, LOG_INFO, LOG_DEBUG.
int priority(Level level) {
    switch (level) {
    case Level::error: return 3;
    case Level::warning: return 4;
    case Level::debug: return 7;
    default: return 6;
    }
}

std::int64_t milliseconds(Duration time) { return std::chrono::duration_cast<std::chrono::milliseconds>(time).count(); }

void add(nlohmann::ordered_json& line, const Summary& summary) {
    line["state"] = summary.state;
    line["exit_code"] = summary.exit_code;
    line["duration_ms"] = milliseconds(summary.took);
    line["counts"] = summary.counts;
    const auto or_null = [](const std::string& text) {
        return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(safe(text));
    };
    line["error_code"] = or_null(summary.error_code);
    line["error"] = or_null(summary.error);
}

std::string json_line(const Said& said, Instant at) {
    nlohmann::ordered_json line{{"v", k_version},
                                {"ts", to_text(at)},
                                {"level", word(said.level)},
                                {"topic", said.topic},
                                {"text", safe(said.text)}};
    if (!said.job.empty()) line["job"] = safe(said.job);
    if (!said.run_id.empty()) line["run_id"] = said.run_id;
    if (said.summary != nullptr) add(line, *said.summary);
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace

std::string text_of(const Summary& summary) {
    std::string text;
    for (const auto& word : {summary.job, summary.run_id})
        if (!word.empty()) text += word + " ";
    text += fmt::format("{}: exit {}, {} ms", summary.state, summary.exit_code, milliseconds(summary.took));
    for (const auto& [what, count] : summary.counts) text += fmt::format(", {} {}", what, count);
    if (!summary.error_code.empty()) text += fmt::format("; {}: {}", summary.error_code, summary.error);
    return text;
}

std::string line_of(const Said& said, Format format, Instant at) {
    switch (format) {
    case Format::json: return json_line(said, at);
    case Format::journal: return fmt::format("<{}>{}: {}", priority(said.level), said.topic, safe(said.text));
    case Format::text: break;
    }
    return fmt::format("{} {} {}: {}", to_text(at), word(said.level), said.topic, safe(said.text));
}

} // namespace passa::log
