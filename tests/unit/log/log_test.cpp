// What a log line may carry, and how it looks in each format.
#include "lib/base/error.hpp"
#include "lib/base/secret_seed.hpp"
#include "lib/log/line.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace passa;

namespace {

// SEP-23's own example of a seed: it belongs to nobody.
const std::string k_seed = "SBU2RRGLXH3E5CQHTD3ODLDF2BWDCYUSSBLLZ5GNW7JXHDIYKXZWHOKR";
const Instant k_noon = parse_instant("2026-11-21T12:00:00Z").value_or_throw();

struct LogFile {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("passa-log-" + std::to_string(getpid()));
    LogFile() { std::filesystem::remove(path); }
    ~LogFile() {
        log::start({});
        std::filesystem::remove(path);
    }
    [[nodiscard]] std::string text() const {
        std::ifstream in{path};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
};

} // namespace

TEST_CASE("seeds are cut out of text, whatever stands around them", "[unit][log]") {
    REQUIRE(without_secret_seeds("") == "");
    REQUIRE(without_secret_seeds("no seed: SBU2RR") == "no seed: SBU2RR");
    REQUIRE(without_secret_seeds("a" + k_seed + k_seed + "b") == "aS***S***b");
}

TEST_CASE("a log line holds no secret and no control character, and its file is its owner's", "[unit][log]") {
    const LogFile file;
    log::start({log::Level::info, file.path});
    log::debug("quiet", "not written at this level");
    log::info("rpc", "answered {}\x1b[2J\n{}", k_seed, "second");
    log::start({});
    log::warning("off", "not written either");

    const auto text = file.text();
    REQUIRE(text.find("info rpc: answered S***\\x1b[2J") != std::string::npos);
    REQUIRE(std::count(text.begin(), text.end(), '\n') == 1);
    REQUIRE(text.find("not written") == std::string::npos);
    struct stat status {};
    REQUIRE(stat(file.path.c_str(), &status) == 0);
    REQUIRE((status.st_mode & 0777) == 0600);
}

TEST_CASE("a line is text for people, one JSON object, or a level for the journal", "[unit][log]") {
    const log::Said said{log::Level::warning, "rpc", "two\nlines", "settle", "job_1"};
    REQUIRE(line_of(said, log::Format::text, k_noon) == "2026-11-21T12:00:00Z warning rpc: two\\x0alines");
    REQUIRE(line_of(said, log::Format::journal, k_noon) == "<4>rpc: two\\x0alines");
    REQUIRE(line_of(said, log::Format::json, k_noon) ==
            R"({"v":1,"ts":"2026-11-21T12:00:00Z","level":"warning","topic":"rpc","text":"two\\x0alines",)"
            R"("job":"settle","run_id":"job_1"})");
    for (const auto& [level, mark] :
         {std::pair{log::Level::error, "<3>t: x"}, {log::Level::info, "<6>t: x"}, {log::Level::debug, "<7>t: x"}})
        REQUIRE(line_of({level, "t", "x"}, log::Format::journal, k_noon) == mark);
}

TEST_CASE("a JSON line is JSON whatever bytes it was given", "[unit][log]") {
    const auto line = line_of({log::Level::info, "rpc", "a \" quote, \xff and " + k_seed}, log::Format::json, k_noon);
    const auto read = nlohmann::json::parse(line);
    REQUIRE(read["text"] == "a \" quote, \\xff and S***");
    REQUIRE_FALSE(read.contains("run_id"));
}

TEST_CASE("the summary of a run is written though the log is off, with its fields", "[unit][log]") {
    const LogFile file;
    log::start({log::Level::off, file.path, log::Format::json});
    log::write(log::Summary{.job = "settle",
                            .run_id = "job_1",
                            .state = "partial",
                            .exit_code = 3,
                            .took = std::chrono::milliseconds{1500},
                            .counts = {{"lines", 2}},
                            .error_code = "event.not_found",
                            .error = "no event " + k_seed});
    const auto read = nlohmann::json::parse(file.text());
    REQUIRE(read["topic"] == "summary");
    REQUIRE(read["level"] == "error");
    REQUIRE(read["text"] == "settle job_1 partial: exit 3, 1500 ms, lines 2; event.not_found: no event S***");
    REQUIRE(read["counts"]["lines"] == 2);
    REQUIRE(read["duration_ms"] == 1500);
    REQUIRE(read["error"] == "no event S***");
}

TEST_CASE("lines written during a run name it", "[unit][log]") {
    const LogFile file;
    log::start({log::Level::info, file.path, log::Format::json});
    {
        const log::Running run{"settle", "job_1"};
        log::info("db", "within");
    }
    log::info("db", "behind");
    std::istringstream lines{file.text()};
    std::string within;
    std::string behind;
    std::getline(lines, within);
    std::getline(lines, behind);
    REQUIRE(nlohmann::json::parse(within)["run_id"] == "job_1");
    REQUIRE_FALSE(nlohmann::json::parse(behind).contains("job"));
}

TEST_CASE("an unknown log level or format names the ones there are", "[unit][log]") {
    REQUIRE(log::parse_level("debug").value_or_throw() == log::Level::debug);
    REQUIRE(log::parse_level("loud").problems().front().code == "log.level");
    for (const auto format : {log::Format::text, log::Format::json, log::Format::journal})
        REQUIRE(log::parse_format(name(format)).value_or_throw() == format);
    REQUIRE(log::parse_format("xml").problems().front().code == "log.format");
}

TEST_CASE("a log file that cannot be opened is said before anything happens", "[unit][log]") {
    try {
        log::start({log::Level::info, "/nowhere/passa.log"});
        FAIL("opened");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "log.file");
    }
    log::start({});
}
