// Providers' keys: from a private file, for one host each, never echoed.
#include "lib/http/header_file.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace passa;
namespace fs = std::filesystem;

namespace {

class HeaderFile {
public:
    explicit HeaderFile(const std::string& text)
        : m_path(fs::temp_directory_path() / ("headers." + std::to_string(getpid()))) {
        std::ofstream{m_path} << text;
        fs::permissions(m_path, fs::perms::owner_read | fs::perms::owner_write);
    }
    ~HeaderFile() { fs::remove(m_path); }
    HeaderFile(const HeaderFile&) = delete;
    HeaderFile& operator=(const HeaderFile&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

Problem problem_of(const fs::path& path) {
    try {
        http::load_headers(path);
    } catch (const Error& error) {
        return error.first();
    }
    return {};
}

} // namespace

TEST_CASE("a header belongs to one host", "[unit]") {
    const HeaderFile file{"# keys\nRPC.example.org Authorization: Bearer abc \n\nother.example.org X-Api-Key: k\n"};
    const auto headers = http::load_headers(file.path());
    REQUIRE(headers.size() == 2);
    CHECK(headers[0].host == "rpc.example.org");
    CHECK(headers[0].name == "Authorization");
    CHECK(headers[0].value.size() == 10);
    CHECK(headers[1].host == "other.example.org");
}

TEST_CASE("a line that is no header is refused by its number alone", "[unit]") {
    for (const std::string line :
         {"Authorization: s3cret", "host Bad Name: s3cret", "host Name:", "s3cret", "host Name: a\x01s3cret"}) {
        const HeaderFile file{"host Good: 1\n" + line + "\n"};
        const auto problem = problem_of(file.path());
        INFO(line);
        CHECK(problem.code == "http.header");
        CHECK(problem.message.find("line 2") != std::string::npos);
        CHECK(problem.message.find("s3cret") == std::string::npos);
    }
}

TEST_CASE("a header file that others can read is not used", "[unit]") {
    const HeaderFile file{"host Name: value\n"};
    fs::permissions(file.path(), fs::perms::group_read, fs::perm_options::add);
    CHECK(problem_of(file.path()).code == "http.header_file");
    CHECK(problem_of(fs::temp_directory_path()).code == "http.header_file");
    CHECK(problem_of("/nonexistent/headers").code == "http.header_file");
}
