// A fresh file takes its name whole or not at all, and never writes through somebody's link.
#include "lib/base/fresh_file.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

using namespace passa;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("passa-fresh-" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

auto count(const fs::path& folder) { return std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}); }

} // namespace

TEST_CASE("a fresh file that never takes its name leaves nothing") {
    const Folder folder;
    { FreshFile{folder.path / "a"}.write("lost"); }
    REQUIRE(count(folder.path) == 0);
}

TEST_CASE("a fresh file replaces what has its name, a link too, and never what the link names") {
    const Folder folder;
    std::ofstream{folder.path / "victim"} << "precious";
    fs::create_symlink("victim", folder.path / "a");
    FreshFile file{folder.path / "a", 0640};
    file.write(std::string(100'000, 'x'));
    file.write("end");
    file.replace();
    REQUIRE(text_of(folder.path / "victim") == "precious");
    REQUIRE(text_of(folder.path / "a").size() == 100'003);
    REQUIRE(!fs::is_symlink(folder.path / "a"));
    REQUIRE(count(folder.path) == 2);
}

TEST_CASE("a fresh file claims a free name once") {
    const Folder folder;
    FreshFile first{folder.path / "a"};
    FreshFile second{folder.path / "a"};
    first.write("first");
    REQUIRE(first.claim());
    REQUIRE_FALSE(second.claim());
    REQUIRE(text_of(folder.path / "a") == "first");
    REQUIRE((fs::status(folder.path / "a").permissions() & fs::perms::all) == fs::perms(0600));
}

TEST_CASE("a fresh file says why it cannot be written") {
    REQUIRE_THROWS_AS(FreshFile{"/nonexistent-folder/a"}, std::system_error);
    REQUIRE_THROWS_AS(sync_folder("/nonexistent-folder"), std::system_error);
}
