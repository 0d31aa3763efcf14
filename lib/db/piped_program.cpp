// posix_spawn, one pipe, one file in memory.
#include "lib/db/piped_program.hpp"

#include "lib/base/text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace passa::db {
namespace {

constexpr std::size_t k_most_complaint = 600;

// What decides as whom, and with what rights, the program works.
bool grants_rights(std::string_view variable) {
    return variable.starts_with("PGPASSWORD=") || variable.starts_with("PGOPTIONS=");
}

[[noreturn]] void fail(const std::string& program) {
    throw Error{{Kind::unavailable, "db.no_dump_program",
                 fmt::format("cannot start {}: {}", program, std::strerror(errno)), "install postgresql-client-15"}};
}

} // namespace

PipedProgram::PipedProgram(const std::vector<std::string>& words, const std::optional<std::string>& password, Pipe pipe)
    : m_complaints(memfd_create("complaints", MFD_CLOEXEC)) {
    std::array<int, 2> ends{};
    if (m_complaints < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) fail(words.front());
    const bool reads = pipe == Pipe::reads;
    m_pipe = ends.at(reads ? 1 : 0);
    const int its = ends.at(reads ? 0 : 1);
    start(words, password, {its, reads ? 0 : 1});
    close(its);
}

PipedProgram::~PipedProgram() {
    hang_up();
    if (m_pid > 0) kill(m_pid, SIGTERM), await();
    close(m_complaints);
}

std::size_t PipedProgram::read_some(std::span<std::uint8_t> into) const {
    for (;;) {
        const auto n = read(m_pipe, into.data(), into.size());
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno != EINTR) return 0; // a pipe has no other errors; the exit status tells
    }
}

bool PipedProgram::write_all(ByteView bytes) const {
    while (!bytes.empty()) {
        const auto n = write(m_pipe, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

void PipedProgram::hang_up() {
    if (m_pipe >= 0) close(std::exchange(m_pipe, -1));
}

int PipedProgram::await() {
    int status = 0;
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string PipedProgram::complaints() const {
    std::string text(k_most_complaint, '\0');
    const auto n = pread(m_complaints, text.data(), text.size(), 0);
    text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return printable(trim(text), k_most_complaint);
}

void PipedProgram::start(const std::vector<std::string>& words, const std::optional<std::string>& password,
                         Place pipe) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::vector<char*> variables;
    for (auto* variable = environ; *variable != nullptr; ++variable)
        if (!grants_rights(*variable)) variables.push_back(*variable); // the rest mean the same to it as to us
    auto secret = "PGPASSWORD=" + password.value_or("");
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

} // namespace passa::db
