// The only file that knows spdlog.
#include "lib/log/log.hpp"

#include "lib/base/error.hpp"
#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::log {
namespace {

constexpr std::size_t k_longest_line = 4096; // a remote answer may be quoted, not poured out

Level g_level = Level::off; // written by start() alone

spdlog::level::level_enum as_spdlog(Level level) {
    switch (level) {
    case Level::off: return spdlog::level::off;
    case Level::warning: return spdlog::level::warn;
    case Level::info: return spdlog::level::info;
    case Level::debug: return spdlog::level::debug;
    }
    return spdlog::level::off;
}

// spdlog would create it readable by everybody.
void create_private(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || fchmod(fd, 0600) != 0)
        throw Error{{Kind::configuration, "log.file",
                     fmt::format("cannot write the log file {}: {}", file.string(), std::strerror(errno)),
                     "name a file in a folder that you may write, in PASSA_LOG_FILE"}};
    ::close(fd);
}

} // namespace

Result<Level> parse_level(std::string_view text) {
    if (text == "off") return Level::off;
    if (text == "warning") return Level::warning;
    if (text == "info") return Level::info;
    if (text == "debug") return Level::debug;
    return Problem{Kind::configuration, "log.level", fmt::format("there is no log level {}", printable(text, 40)),
                   "use off, warning, info or debug"};
}

void start(const Options& options) {
    g_level = options.level;
    if (g_level == Level::off) return;
    spdlog::sink_ptr sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    if (options.file) {
        create_private(*options.file);
        sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file->string());
    }
    auto logger = std::make_shared<spdlog::logger>("passa", std::move(sink));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc);
    logger->set_level(as_spdlog(g_level));
    logger->flush_on(spdlog::level::debug); // a killed process has said everything
    spdlog::set_default_logger(std::move(logger));
}

bool is_on(Level level) { return level != Level::off && level <= g_level; }

void write(Level level, std::string_view topic, std::string_view text) {
    const auto safe = printable(without_secret_seeds(text), k_longest_line);
    spdlog::log(as_spdlog(level), "{}: {}", topic, safe);
}

} // namespace passa::log
