// A document is written whole, replaces its like, and nothing else.
#include "lib/report/document.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace passa;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() : m_path(fs::temp_directory_path() / fmt::format("passa-document-{}", getpid())) {
        fs::remove_all(m_path);
        fs::create_directories(m_path);
    }
    ~Folder() { fs::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] fs::path operator/(const char* name) const { return m_path / name; }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{m_path}, {}));
    }

private:
    fs::path m_path;
};

std::string text_of(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void store(const fs::path& path, const std::string& text, bool force = false) {
    report::store_document({path, text, "<report>"}, force);
}

std::string code_of(const fs::path& path, bool force = false) {
    try {
        store(path, "<report> new", force);
    } catch (const Error& error) {
        return error.first().code;
    }
    return "stored";
}

} // namespace

TEST_CASE("a report replaces an older report and leaves nothing else behind", "[unit][report]") {
    const Folder folder;
    store(folder / "r.html", "<report> one");
    store(folder / "r.html", "<report> two");
    CHECK(text_of(folder / "r.html") == "<report> two");
    CHECK(folder.files() == 1);
}

TEST_CASE("another file is replaced only by force", "[unit][report]") {
    const Folder folder;
    std::ofstream{folder / "plan.yaml"} << "kind: Event";
    CHECK(code_of(folder / "plan.yaml") == "report.in_the_way");
    CHECK(text_of(folder / "plan.yaml") == "kind: Event");
    CHECK(code_of(folder / "plan.yaml", true) == "stored");
    CHECK(text_of(folder / "plan.yaml") == "<report> new");
}

TEST_CASE("a folder, or a place that cannot be written, is named", "[unit][report]") {
    const Folder folder;
    fs::create_directory(folder / "sub");
    CHECK(code_of(folder / "sub", true) == "report.in_the_way");
    CHECK(code_of(folder / "none/r.html") == "report.unwritable");
}

TEST_CASE("a link is followed, not cut", "[unit][report]") {
    const Folder folder;
    store(folder / "real.html", "<report> one");
    fs::create_symlink(folder / "real.html", folder / "link.html");
    store(folder / "link.html", "<report> two");
    CHECK(fs::is_symlink(folder / "link.html"));
    CHECK(text_of(folder / "real.html") == "<report> two");
}
