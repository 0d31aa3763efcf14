// Where settings come from, how far a project file reaches, and what no file may hold.
#include "lib/config/file.hpp"
#include "lib/config/settings.hpp"
#include "lib/db/target.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::config {
namespace {

namespace fs = std::filesystem;

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "passa-config-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    fs::path write(const fs::path& name, const std::string& text) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream{path / name} << text;
        chmod((path / name).c_str(), 0600);
        return path / name;
    }
};

Sources sources_in(const Folder& folder, std::map<std::string, std::string> variables = {}) {
    variables.try_emplace("HOME", folder.path.string());
    return {{},
            [variables](const std::string& name) {
                const auto it = variables.find(name);
                return it == variables.end() ? std::nullopt : std::optional{it->second};
            },
            folder.path / "work",
            "tester"};
}

} // namespace

TEST_CASE("each source beats the ones below it", "[unit]") {
    const Folder folder;
    fs::create_directories(folder.path / "work");
    auto sources = sources_in(folder);
    REQUIRE(load(sources)->find(Key::actor) == "tester");
    folder.write(".config/passa/config.yaml", "actor: user\n");
    REQUIRE(load(sources)->find(Key::actor) == "user");
    folder.write("work/passa.yaml", "actor: project\n");
    REQUIRE(load(sources)->find(Key::actor) == "project");
    sources.environment = sources_in(folder, {{"PASSA_ACTOR", "variable"}}).environment;
    REQUIRE(load(sources)->find(Key::actor) == "variable");
    sources.flags.emplace_back(Key::actor, "flag");
    const auto settings = load(sources);
    REQUIRE(settings->find(Key::actor) == "flag");
    REQUIRE(settings->given(Key::actor).size() == 5);
}

TEST_CASE("a project file is found from below, but not from beyond home", "[unit]") {
    const Folder folder;
    const auto outside = folder.write("passa.yaml", "actor: outside\n");
    fs::create_directories(folder.path / "home/work/deep");
    REQUIRE(find_project_file(folder.path / "home/work/deep", std::nullopt) == outside);
    REQUIRE_FALSE(find_project_file(folder.path / "home/work/deep", folder.path / "home"));
    const auto inside = folder.write("home/passa.yaml", "actor: inside\n");
    REQUIRE(find_project_file(folder.path / "home/work/deep", folder.path / "home") == inside);
    REQUIRE_FALSE(find_project_file("/proc/self", std::nullopt)); // another file system than /
}

TEST_CASE("a folder in a file is meant from where the file lies", "[unit]") {
    const Folder folder;
    const auto file = read_file(folder.write("work/passa.yaml", "home: ../data\n"));
    REQUIRE(file->lines.at(0).value == (folder.path / "data").string());
    REQUIRE(read_file(folder.write("abs/passa.yaml", "home: /srv/passa\n"))->lines.at(0).value == "/srv/passa");
}

TEST_CASE("a file that others could have written is ignored", "[unit]") {
    const Folder folder;
    const auto path = folder.write("passa.yaml", "actor: somebody\n");
    chmod(path.c_str(), 0602);
    REQUIRE(read_file(path)->ignored == "others may write to it");
    REQUIRE(read_file(path)->lines.empty());
    if (geteuid() == 0) {
        chmod(path.c_str(), 0600);
        REQUIRE(chown(path.c_str(), 12345, 12345) == 0);
        REQUIRE(read_file(path)->ignored == "it belongs to another user");
    }
    fs::create_symlink(path, folder.path / "link.yaml");
    REQUIRE(read_file(folder.path / "link.yaml")->ignored == "it is a symbolic link");
    fs::create_directories(folder.path / "folder.yaml");
    REQUIRE(read_file(folder.path / "folder.yaml")->ignored == "it is not a plain file");
}

TEST_CASE("what is wrong in a file is said all at once, with its line", "[unit]") {
    const Folder folder;
    const auto file = read_file(folder.write("passa.yaml", "organiser: x\nidle_stop: soon\ndb: host=h password=p\n"));
    REQUIRE_FALSE(file);
    std::vector<std::pair<std::string, int>> seen;
    for (const auto& p : file.problems()) seen.emplace_back(p.code, p.place->line);
    REQUIRE(seen == std::vector<std::pair<std::string, int>>{
                        {"config.unknown_key", 1}, {"config.value", 2}, {"config.secret", 3}});
    REQUIRE(file.problems().back().place->source_line.empty());
    REQUIRE(read_file(folder.write("big.yaml", std::string(k_most_bytes + 1, '#'))).problem().code == "config.syntax");
    REQUIRE(read_file(folder.path / "none.yaml").problem().code == "config.unreadable");
}

TEST_CASE("the commented file that init writes names the organizer alone, and parses when uncommented", "[unit]") {
    const Folder folder;
    const auto written = read_file(folder.write("passa.yaml", starter_file()));
    REQUIRE(written->lines.size() == 1);
    REQUIRE(written->lines.front().key == Key::organizer);
    std::string uncommented;
    for (const auto& s : settings()) uncommented += fmt::format("{}: {}\n", s.name, s.example);
    REQUIRE(read_file(folder.write("all.yaml", uncommented))->lines.size() == k_key_count);
}

TEST_CASE("of a provider's server the host is shown, and no key in its path", "[unit]") {
    REQUIRE(shown(Key::rpc_url, "https://rpc.example.org http://127.0.0.1:8000/") ==
            "https://rpc.example.org http://127.0.0.1:8000");
    REQUIRE(shown(Key::rpc_url, "https://rpc.example.org/v1/k3y  https://a.example.org?k3y=1") ==
            "https://rpc.example.org/*** https://a.example.org/***");
    REQUIRE(shown(Key::rpc_url, "https://u:k3y@rpc.example.org").find("k3y") == std::string::npos);
}

TEST_CASE("a password in a connection string is never shown", "[unit]") {
    for (const std::string text :
         {"postgresql://a:s3cret@h/db", "postgresql://a:s3/cr@et@h/db", "host=h password=s3cret",
          "host=h PASSWORD = s3cret dbname=d", "postgresql://h/db?password=s3cret"}) {
        CAPTURE(text);
        const auto target = db::parse_target(text);
        REQUIRE((!target || target->password)); // refused, or known to hold one
        if (!target) REQUIRE(target.problem().code == "db.target");
        if (!target) REQUIRE(target.problem().message.find("s3") == std::string::npos);
        REQUIRE(holds_password(text) == target.ok());
        REQUIRE(shown(Key::db, text).find("s3") == std::string::npos);
    }
    for (const std::string text : {"host=h dbname=d", "postgresql://a@h:5432/db", "postgresql://h:5432/db"}) {
        CAPTURE(text);
        REQUIRE_FALSE(holds_password(text));
        REQUIRE(shown(Key::db, text) == text);
    }
}

} // namespace passa::config
