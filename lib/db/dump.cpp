// A child process with one pipe, and its complaints in a file that nobody else sees.
#include "lib/db/dump.hpp"

#include "lib/base/text.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/postgres_programs.hpp"
#include "lib/db/target.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passa::db {
namespace {

constexpr std::size_t k_most_complaint = 600;

// The server's major version decides which of several installed programs is used: a newer one reads an older server,
// never the reverse.
std::string find_program(Connection& server, const std::string& name) {
    const auto major = server.raw("SELECT current_setting('server_version_num')::integer / 10000 AS major").one();
    const auto path = find_postgres_programs(major.get<int>("major")) / name;
    std::error_code unreadable; // then it cannot be run either
    if (std::filesystem::exists(path, unreadable)) return path.string();
    throw Error{{Kind::configuration, "db.no_dump_program", fmt::format("{} is not installed", path.string()),
                 fmt::format("install postgresql-client-{}", major.get<int>("major"))}};
}

// What decides as whom, and with what rights, the program works.
bool grants_rights(std::string_view variable) {
    return variable.starts_with("PGPASSWORD=") || variable.starts_with("PGOPTIONS=");
}

class Child {
public:
    enum class Pipe : std::uint8_t { reads, writes }; // what the child does with it

    Child(const std::vector<std::string>& words, const std::optional<std::string>& password, Pipe pipe)
        : m_complaints(memfd_create("complaints", MFD_CLOEXEC)) {
        std::array<int, 2> ends{};
        if (m_complaints < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) fail(words.front());
        const bool reads = pipe == Pipe::reads;
        m_pipe = ends.at(reads ? 1 : 0);
        const int its = ends.at(reads ? 0 : 1);
        start(words, password, {its, reads ? 0 : 1});
        close(its);
    }
    ~Child() {
        hang_up();
        if (m_pid > 0) kill(m_pid, SIGTERM), await();
        close(m_complaints);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    std::size_t read_some(std::span<std::uint8_t> into) const { // 0: the end
        for (;;) {
            const auto n = read(m_pipe, into.data(), into.size());
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) return 0; // a pipe has no other errors; the exit status tells
        }
    }
    // False: the child listens no more, and its exit status tells why.
    [[nodiscard]] bool write_all(ByteView bytes) const {
        while (!bytes.empty()) {
            const auto n = write(m_pipe, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        }
        return true;
    }
    void hang_up() {
        if (m_pipe >= 0) close(std::exchange(m_pipe, -1));
    }
    int await() { // its exit status; 128 and more: a signal
        int status = 0;
        while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    [[nodiscard]] std::string complaints() const {
        std::string text(k_most_complaint, '\0');
        const auto n = pread(m_complaints, text.data(), text.size(), 0);
        text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
        return printable(trim(text), k_most_complaint);
    }

private:
    struct Place {
        int from;
        int to;
    };
    void start(const std::vector<std::string>& words, const std::optional<std::string>& password, Place pipe) {
        std::vector<char*> argv;
        for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        std::vector<char*> variables;
        for (auto* variable = environ; *variable != nullptr; ++variable)
            if (!grants_rights(*variable)) variables.push_back(*variable); // the rest mean the same to it as to us
        auto secret = "PGPASSWORD=" + password.value_or("");               // everybody can read the words of a command
        if (password) variables.push_back(secret.data());
        variables.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t how;
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&how);
        posix_spawn_file_actions_adddup2(&actions, pipe.from, pipe.to);
        posix_spawn_file_actions_adddup2(&actions, m_complaints, 2);
        sigset_t usual;
        sigemptyset(&usual);
        sigaddset(&usual, SIGPIPE);
        posix_spawnattr_setsigdefault(&how, &usual);
        posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
        const int status = posix_spawn(&m_pid, argv.front(), &actions, &how, argv.data(), variables.data());
        posix_spawnattr_destroy(&how);
        posix_spawn_file_actions_destroy(&actions);
        if (status == 0) return;
        m_pid = -1;
        errno = status;
        fail(words.front());
    }
    [[noreturn]] static void fail(const std::string& program) {
        throw Error{{Kind::unavailable, "db.no_dump_program",
                     fmt::format("cannot start {}: {}", program, std::strerror(errno)),
                     "install postgresql-client-15"}};
    }

    int m_complaints = -1;
    int m_pipe = -1;
    pid_t m_pid = -1;
};

void require_empty(Connection& server) {
    if (server.raw("SELECT 1 AS there FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1").empty())
        return;
    throw Error{{Kind::conflict, "db.not_empty", "the database that would be restored into is not empty",
                 "restore into a new one: PASSA_HOME=NEWFOLDER passa db restore FILE, or --db with an empty database"}};
}

} // namespace

void dump(const std::string& target, const std::function<void(ByteView)>& take) {
    const auto parsed = parse_target(target).value_or_throw();
    Connection server{{target, "passa.dump", ""}};
    Child child{{find_program(server, "pg_dump"), "--format=custom", "--no-owner", "--lock-wait-timeout=30s",
                 "--no-password", "--dbname=" + parsed.text},
                parsed.password,
                Child::Pipe::writes};
    std::array<std::uint8_t, std::size_t{64} * 1024> some{};
    while (const auto n = child.read_some(some)) take(std::span{some}.first(n));
    child.hang_up();
    if (child.await() != 0)
        throw Error{{Kind::unavailable, "db.dump", "pg_dump did not finish: " + child.complaints(),
                     "nothing was kept of this backup; mend what it says and run it again"}};
}

void restore(Database& owner, const std::function<std::size_t(std::span<std::uint8_t>)>& give) {
    const auto target = parse_target(owner.options().target).value_or_throw();
    auto& server = owner.connection();
    require_empty(server);
    const auto program = find_program(server, "pg_restore");
    make_role(owner);
    Child child{
        {program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-password", "--dbname=" + target.text},
        target.password,
        Child::Pipe::reads};
    std::array<std::uint8_t, std::size_t{64} * 1024> some{};
    bool listens = true;
    while (listens) {
        const auto n = give(some);
        if (n == 0) break;
        listens = child.write_all(std::span{some}.first(n));
    }
    child.hang_up();
    if (const auto status = child.await(); status != 0 || !listens)
        throw Error{{Kind::failed, "db.restore", fmt::format("pg_restore did not finish: {}", child.complaints()),
                     "nothing was restored; the database is as it was"}};
}

} // namespace passa::db
