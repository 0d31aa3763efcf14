// The only file that knows spdlog.
#include "lib/log/log.hpp"

#include "lib/base/clock.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/log/held.hpp"
#include "lib/log/line.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace passa::log {
namespace {

constexpr std::size_t k_most_held = 1000; // lines: a view may stand for weeks

Options g_options; // written by start() alone

std::mutex g_mutex; // of what follows: a heartbeat writes too
std::string g_job;
std::string g_run_id;
std::optional<std::deque<std::string>> g_held; // none: nothing is held back
std::size_t g_forgotten = 0;                   // held, and pushed out by newer ones

// spdlog would create it readable by everybody.
void create_private(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || fchmod(fd, 0600) != 0)
        throw Error{{Kind::configuration, "log.file",
                     fmt::format("cannot write the log file {}: {}", file.string(), std::strerror(errno)),
                     "name a file in a folder that you may write, in PASSA_LOG_FILE"}};
    ::close(fd);
}

void put(const Said& said) {
    auto line = line_of(said, g_options.format, SystemClock{}.now());
    if (!g_held) return spdlog::log(spdlog::level::info, "{}", line);
    g_held->push_back(std::move(line));
    if (g_held->size() <= k_most_held) return;
    g_held->pop_front();
    ++g_forgotten;
}

} // namespace

Result<Level> parse_level(std::string_view text) {
    if (text == "off") return Level::off;
    if (text == "error") return Level::error;
    if (text == "warning") return Level::warning;
    if (text == "info") return Level::info;
    if (text == "debug") return Level::debug;
    return Problem{Kind::configuration, "log.level", fmt::format("there is no log level {}", printable(text, 40)),
                   "use off, error, warning, info or debug"};
}

Result<Format> parse_format(std::string_view text) {
    if (text == "text") return Format::text;
    if (text == "json") return Format::json;
    if (text == "journal") return Format::journal;
    return Problem{Kind::configuration, "log.format", fmt::format("there is no log format {}", printable(text, 40)),
                   "use text, json or journal"};
}

std::string_view name(Format format) {
    switch (format) {
    case Format::text: return "text";
    case Format::json: return "json";
    case Format::journal: return "journal";
    }
    return "text";
}

void start(const Options& options) {
    g_options = options;
    spdlog::sink_ptr sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    if (options.file) {
        create_private(*options.file);
        sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file->string());
    }
    auto logger = std::make_shared<spdlog::logger>("passa", std::move(sink));
    logger->set_pattern("%v");             // line.cpp makes the line
    logger->flush_on(spdlog::level::info); // a killed process has said everything
    spdlog::set_default_logger(std::move(logger));
}

bool is_on(Level level) { return level != Level::off && level <= g_options.level; }

void write(Level level, std::string_view topic, std::string_view text) {
    const std::lock_guard lock{g_mutex};
    put({level, topic, text, g_job, g_run_id});
}

void write(const Summary& summary) {
    const auto text = text_of(summary);
    const std::lock_guard lock{g_mutex};
    put({summary.exit_code == 0 ? Level::info : Level::error, "summary", text, summary.job, summary.run_id, &summary});
}

Held::Held() {
    const std::lock_guard lock{g_mutex};
    if (!g_options.file && isatty(2) == 1) g_held.emplace();
}

Held::~Held() {
    const std::lock_guard lock{g_mutex};
    const auto held = std::exchange(g_held, std::nullopt);
    const auto forgotten = std::exchange(g_forgotten, 0);
    if (forgotten > 0) put({Level::info, "log", fmt::format("{} older lines were not kept", forgotten)});
    if (!held) return;
    for (const auto& line : *held) spdlog::log(spdlog::level::info, "{}", line);
}

Running::Running(std::string job, std::string run_id) {
    const std::lock_guard lock{g_mutex};
    g_job = std::move(job);
    g_run_id = std::move(run_id);
}

Running::~Running() {
    const std::lock_guard lock{g_mutex};
    g_job.clear();
    g_run_id.clear();
}

} // namespace passa::log
