// The private cluster in hard places: long paths, two starts at once, a killed server, somebody else's folder.
#include "lib/crypto/hash.hpp"
#include "lib/db/cluster.hpp"
#include "lib/db/postgres_programs.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace passa;
using namespace passa::db;
namespace fs = std::filesystem;

namespace {

// A home of its own that the server's user can reach; gone at the end, with its server.
class Home {
public:
    explicit Home(const std::string& below = "")
        : m_root(fs::temp_directory_path() / fmt::format("passa-cluster-{}-{}", getpid(), ++s_number)) {
        fs::create_directories(m_root / below);
        for (auto p = m_root / below; p != m_root.parent_path(); p = p.parent_path())
            fs::permissions(p, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
        path = m_root / below;
    }
    ~Home() {
        Cluster{path, Duration::zero()}.stop();
        std::error_code busy; // a server that just ended by itself still takes its own files away
        for (int tries = 0; tries < 100; ++tries) {
            fs::remove_all(m_root, busy);
            if (!busy) return;
            usleep(100'000);
        }
    }
    fs::path path;

private:
    fs::path m_root;
    static inline int s_number = 0;
};

template <typename F>
std::string code_of(F&& fn) {
    try {
        fn();
    } catch (const Error& error) {
        return error.first().code;
    }
    return "";
}

int answer(const std::string& target) {
    return Connection{{target, "passa.tests", ""}}.raw("SELECT 7 AS n").one().get<int>("n");
}

pid_t server_pid(const Cluster& cluster) {
    std::ifstream file{cluster.folder() / "data" / "postmaster.pid"};
    pid_t pid = 0;
    file >> pid;
    return pid;
}

} // namespace

TEST_CASE("a data folder deeper than a socket path may be long works", "[db]") {
    const Home home{std::string(60, 'a') + "/" + std::string(60, 'b')};
    REQUIRE(home.path.string().size() > 107);
    Cluster cluster{home.path, Duration::zero()};
    REQUIRE(answer(cluster.ensure_running()) == 7);
}

TEST_CASE("a data folder whose name a shell or a connect text would take apart works", "[db]") {
    const Home home{"it's \"odd\" $HOME, `really`"};
    {
        Cluster cluster{home.path, Duration::zero()};
        REQUIRE(answer(cluster.ensure_running()) == 7);
    }
    REQUIRE(Cluster{home.path, Duration::zero()}.stop());
}

TEST_CASE("a home is one home however it is written, and what stands under its old name is found", "[cluster]") {
    const Home home;
    const Cluster cluster{home.path, Duration::zero()};
    CHECK(Cluster(home.path / "", Duration::zero()).folder() == cluster.folder());
    CHECK(Cluster(home.path / "." / "x" / "..", Duration::zero()).folder() == cluster.folder());
    CHECK(Cluster(fs::relative(home.path), Duration::zero()).folder() == cluster.folder());
    fs::create_directory_symlink(home.path, home.path / "link");
    CHECK(Cluster(home.path / "link", Duration::zero()).folder() == cluster.folder());
    CHECK(Cluster(home.path / "link" / "db" / "..", Duration::zero()).folder() == cluster.folder());
    if (geteuid() != 0)
        return; // only root's is kept away from its home, under a name made of the path as it was written
    fs::permissions(home.path, fs::perms::owner_all);
    const auto hash = to_hex(crypto::sha256(as_bytes((home.path / "").string()))).substr(0, 12);
    const auto old = fs::path{"/var/lib/passa"} / hash / "db";
    CHECK(Cluster(home.path / "", Duration::zero()).folder() != old);
    fs::create_directories(old / "data");
    std::ofstream{old / "data" / "PG_VERSION"} << "15\n";
    CHECK(Cluster(home.path / "", Duration::zero()).folder() == old);
    fs::remove_all(old.parent_path());
}

TEST_CASE("two processes that start it at once both get it", "[db]") {
    const Home home;
    std::vector<pid_t> children;
    for (int i = 0; i < 2; ++i) {
        const auto pid = fork();
        if (pid == 0) {
            try {
                Cluster cluster{home.path, Duration::zero()};
                _exit(answer(cluster.ensure_running()) == 7 ? 0 : 1);
            } catch (const std::exception&) { // a child of a test answers by its exit code
                _exit(2);
            }
        }
        children.push_back(pid);
    }
    for (const auto pid : children) {
        int status = 0;
        waitpid(pid, &status, 0);
        REQUIRE(WEXITSTATUS(status) == 0);
    }
}

TEST_CASE("after kill -9 of the server the next start recovers what was committed", "[db]") {
    const Home home;
    {
        Cluster cluster{home.path, Duration::zero()};
        Connection connection{{cluster.ensure_running(), "passa.tests", ""}};
        connection.raw("CREATE TABLE kept (n int)");
        connection.raw("INSERT INTO kept VALUES (1)");
        kill(server_pid(cluster), SIGKILL);
    }
    Cluster again{home.path, Duration::zero()};
    for (int tries = 0; tries < 100 && again.is_running(); ++tries) usleep(50'000); // its children notice
    Connection connection{{again.ensure_running(), "passa.tests", ""}};
    REQUIRE(connection.raw("SELECT count(*) AS n FROM kept").one().get<int>("n") == 1);
}

TEST_CASE("after a reboot the number in postmaster.pid may be that of another process", "[db]") {
    const Home home;
    Cluster{home.path, Duration::zero()}.ensure_running();
    const Cluster killed{home.path, Duration::zero()};
    kill(server_pid(killed), SIGKILL);
    for (int tries = 0; tries < 100 && killed.is_running(); ++tries) usleep(50'000);
    const auto other = fork(); // of the server's user: PostgreSQL takes it for a server
    if (other == 0) {
        const auto user = server_user();
        if (user.differs && setuid(user.uid) != 0) _exit(1);
        if (chdir("/") == 0) pause();
        _exit(1);
    }
    std::ofstream{killed.folder() / "data" / "postmaster.pid"} << other << "\n/somewhere/else\n";
    Cluster again{home.path, Duration::zero()};
    REQUIRE(answer(again.ensure_running()) == 7);
    kill(other, SIGKILL);
    waitpid(other, nullptr, 0);
}

TEST_CASE("a server in use is not stopped; an idle one stops by itself", "[db]") {
    const Home home;
    auto user = std::make_unique<Cluster>(home.path, std::chrono::seconds{1});
    user->ensure_running();
    Cluster other{home.path, Duration::zero()};
    try {
        other.stop();
        FAIL("stopped under a user");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "db.in_use");
    }
    usleep(2'500'000); // longer than idle, but in use
    REQUIRE(user->is_running());
    user.reset();
    for (int tries = 0; tries < 100 && other.is_running(); ++tries) usleep(100'000);
    REQUIRE_FALSE(other.is_running());
}

TEST_CASE("a cluster of another major version, or one that cannot start, is refused with the place to look", "[db]") {
    const Home home;
    const auto code_of_start = [&] {
        try {
            Cluster{home.path, Duration::zero()}.ensure_running();
        } catch (const Error& error) {
            return error.first().code;
        }
        return std::string{"no error"};
    };
    {
        Cluster cluster{home.path, Duration::zero()};
        cluster.ensure_running();
    }
    Cluster cluster{home.path, Duration::zero()};
    REQUIRE(cluster.stop());
    const auto data = cluster.folder() / "data";
    std::ofstream{data / "PG_VERSION"} << "9\n";
    REQUIRE(code_of_start() == "db.cluster_version");
    std::ofstream{data / "PG_VERSION"} << major_version(find_postgres_programs()) << "\n";
    std::ofstream{data / "postgresql.conf", std::ios::app} << "no_such_setting = 1\n";
    REQUIRE(code_of_start() == "db.cluster_start");
}

TEST_CASE("a data folder that cannot be made, or into which nothing can be created, is refused", "[db]") {
    const Home home;
    std::ofstream{home.path / "db"} << "a file where the folder should be";
    try {
        Cluster{home.path, Duration::zero()}.ensure_running();
        FAIL("a file was taken for a folder");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "db.cluster_folder");
    }
    fs::remove(home.path / "db");
}

TEST_CASE("two private databases for one home are refused, not chosen between", "[db]") {
    if (geteuid() != 0) return; // only root's cluster can be elsewhere
    const Home home;
    const auto name = to_hex(crypto::sha256(as_bytes(home.path.string()))).substr(0, 12);
    const auto elsewhere = fs::path{"/var/lib/passa"} / name / "db/data";
    for (const auto& data : {elsewhere, home.path / "db/data"}) {
        fs::create_directories(data);
        std::ofstream{data / "PG_VERSION"} << "15\n";
    }
    const auto code = code_of([&] { const Cluster cluster{home.path, Duration::zero()}; });
    fs::remove_all(elsewhere.parent_path().parent_path());
    fs::remove_all(home.path / "db");
    REQUIRE(code == "db.two_clusters");
}

namespace {

// Root's own folders are closed to the server's user, so the data lies elsewhere.
struct ClosedHome : Home {
    ClosedHome() : Home("closed") { fs::permissions(path, fs::perms::owner_all); }
    ~ClosedHome() {
        const auto folder = Cluster{path, Duration::zero()}.folder();
        Cluster{path, Duration::zero()}.stop();
        fs::remove_all(folder.parent_path());
    }
    void make_again() const {
        fs::remove_all(path);
        fs::create_directories(path);
        fs::permissions(path, fs::perms::owner_all);
    }
};

} // namespace

TEST_CASE("a home that was made again is not given the books of the one before", "[db]") {
    if (geteuid() != 0) return; // only root's cluster can be elsewhere
    const ClosedHome home;
    Cluster first{home.path, Duration::zero()};
    REQUIRE(answer(first.ensure_running()) == 7);
    REQUIRE(first.folder() != home.path / "db");
    REQUIRE(answer(Cluster{home.path, Duration::zero()}.ensure_running()) == 7);

    fs::copy(home.path / "database.id", home.path.parent_path() / "word-of-home");
    home.make_again();
    try {
        Cluster{home.path, Duration::zero()}.ensure_running();
        FAIL("the books of another home were taken");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "db.other_home");
        REQUIRE(error.first().message.find(first.folder().string()) != std::string::npos);
        REQUIRE(error.first().message.find(home.path.string()) != std::string::npos);
        REQUIRE(error.first().hint.find("install -D") != std::string::npos);
    }
    std::ofstream{home.path / "database.id"} << std::string(32, '0') << "\n";
    REQUIRE(code_of([&] { Cluster{home.path, Duration::zero()}.ensure_running(); }) == "db.other_home");
    fs::remove(home.path / "database.id");
    fs::rename(home.path.parent_path() / "word-of-home", home.path / "database.id");
    REQUIRE(answer(Cluster{home.path, Duration::zero()}.ensure_running()) == 7);
}

TEST_CASE("data from before homes were known is a home's that is no younger, or that is recognised", "[db]") {
    if (geteuid() != 0) return;
    const ClosedHome home;
    const auto forget = [&] {
        fs::remove(Cluster{home.path, Duration::zero()}.folder() / "home.id");
        fs::remove(home.path / "database.id");
    };
    Cluster{home.path, Duration::zero()}.ensure_running();
    forget();
    REQUIRE(answer(Cluster{home.path, Duration::zero()}.ensure_running()) == 7); // the home is the older of both
    REQUIRE(fs::exists(home.path / "database.id"));
    for (const bool is_own : {false, true}) {
        forget();
        home.make_again();
        Cluster cluster{home.path, Duration::zero()};
        bool asked = false;
        cluster.recognise_by([&](const std::string& target) { return asked = true, answer(target) == 7 && is_own; });
        REQUIRE(code_of([&] { cluster.ensure_running(); }) == (is_own ? "" : "db.other_home"));
        REQUIRE(asked);
        REQUIRE(fs::exists(home.path / "database.id") == is_own);
        REQUIRE(code_of([&] {
                    Cluster{home.path, Duration::zero()}.ensure_running();
                }) == (is_own ? "" : "db.other_home"));
    }
}

TEST_CASE("a cluster that an older passa made learns who may restore when it is started", "[db]") {
    const Home home;
    Cluster cluster{home.path, Duration::zero()};
    cluster.ensure_running();
    REQUIRE(cluster.stop());
    const auto names = cluster.folder() / "data" / "pg_ident.conf";
    const auto text = [&] {
        std::ifstream in{names};
        return std::string{std::istreambuf_iterator<char>{in}, {}};
    };
    const auto as_made = text();
    std::ofstream{names} << "passa " << server_user().name << " passa\npassa root passa\n";
    cluster.ensure_running();
    REQUIRE(text() == as_made);
    REQUIRE(as_made.find("passa root passa_restoring\n") != std::string::npos);
}
