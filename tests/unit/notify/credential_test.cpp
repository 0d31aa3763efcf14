// A channel's secret: from the first folder that has it, and only where nobody else can read it.
#include "lib/notify/credential.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sys/stat.h>

using namespace passa;
using notify::read_credential;

namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "passa-notify-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
        std::ofstream{path / name} << text;
        chmod((path / name).c_str(), mode);
    }
};

std::string code_of(const Result<Secret>& result) { return result ? "" : result.problem().code; }

} // namespace

TEST_CASE("a credential comes from the first folder that has it", "[unit][notify]") {
    const Folder systemd, own;
    own.write("hook", "second\n");
    REQUIRE(notify::line_of(read_credential({systemd.path, own.path}, "hook").value()) == "second");
    systemd.write("hook", "  first \n");
    REQUIRE(notify::line_of(read_credential({systemd.path, own.path}, "hook").value()) == "first");
    REQUIRE(code_of(read_credential({systemd.path, own.path}, "other")) == "notice.no_credential");
}

TEST_CASE("a credential that others can read, or that is a link or too large, is not used", "[unit][notify]") {
    const Folder own;
    own.write("open", "secret\n", 0640);
    own.write("large", std::string(20'000, 'x'));
    own.write("good", "secret\n");
    fs::create_symlink(own.path / "good", own.path / "link");
    fs::create_directory(own.path / "folder");
    for (const char* name : {"open", "large", "link", "folder"})
        CHECK(code_of(read_credential({own.path}, name)) == "notice.credential");
    CHECK(code_of(read_credential({own.path}, "good")).empty());
}
