// What a log line may carry.
#include "lib/base/error.hpp"
#include "lib/base/secret_seed.hpp"
#include "lib/log/log.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace passa;

namespace {
// SEP-23's own example of a seed: it belongs to nobody.
const std::string k_seed = "SBU2RRGLXH3E5CQHTD3ODLDF2BWDCYUSSBLLZ5GNW7JXHDIYKXZWHOKR";
} // namespace

TEST_CASE("seeds are cut out of text, whatever stands around them", "[unit][log]") {
    REQUIRE(without_secret_seeds("") == "");
    REQUIRE(without_secret_seeds("no seed: SBU2RR") == "no seed: SBU2RR");
    REQUIRE(without_secret_seeds("a" + k_seed + k_seed + "b") == "aS***S***b");
}

TEST_CASE("a log line holds no secret and no control character, and its file is its owner's", "[unit][log]") {
    const auto file = std::filesystem::temp_directory_path() / ("passa-log-" + std::to_string(getpid()));
    std::filesystem::remove(file);
    log::start({log::Level::info, file});
    log::debug("quiet", "not written at this level");
    log::info("rpc", "answered {}\x1b[2J\n{}", k_seed, "second");
    log::start({});
    log::warning("off", "not written either");

    std::ifstream in{file};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    REQUIRE(text.find("info rpc: answered S***\\x1b[2J") != std::string::npos);
    REQUIRE(std::count(text.begin(), text.end(), '\n') == 1);
    REQUIRE(text.find("not written") == std::string::npos);
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    REQUIRE((status.st_mode & 0777) == 0600);
    std::filesystem::remove(file);
}

TEST_CASE("an unknown log level names the ones there are", "[unit][log]") {
    REQUIRE(log::parse_level("debug").value_or_throw() == log::Level::debug);
    REQUIRE(log::parse_level("loud").problems().front().code == "log.level");
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
