// posix_spawn and three pipes, served by one poll so that neither side waits for the other.
#include "lib/base/ask_program.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace passa {
namespace {

using Steady = std::chrono::steady_clock;
using End = ProgramAnswer::End;

constexpr std::size_t k_longest_line = 500;
constexpr std::size_t k_most_complaints = std::size_t{64} * 1024; // bytes; what comes behind them is dropped

class Descriptor {
public:
    Descriptor() = default;
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool is_open() const { return m_fd >= 0; }
    void reset(int fd = -1) {
        if (m_fd >= 0) close(m_fd);
        m_fd = fd;
    }

private:
    int m_fd = -1;
};

struct Pipe {
    Descriptor from, to;
    bool open() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        from.reset(ends[0]);
        to.reset(ends[1]);
        return true;
    }
};

struct Pipes {
    Pipe input, output, complaints;
    bool open() {
        return input.open() && output.open() && complaints.open() && fcntl(input.to.get(), F_SETFL, O_NONBLOCK) == 0 &&
               fcntl(output.from.get(), F_SETFL, O_NONBLOCK) == 0 &&
               fcntl(complaints.from.get(), F_SETFL, O_NONBLOCK) == 0;
    }
};

// Where and how a program runs, and nothing that opens anything of ours.
bool may_know(std::string_view variable, const std::vector<std::string>& besides) {
    static constexpr std::array<std::string_view, 15> k_known{
        "PATH",   "HOME",   "USER", "LOGNAME",         "LANG",    "LANGUAGE",        "TZ",
        "TERM",   "TMPDIR", "TMP",  "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK",
        "GPG_TTY"};
    const auto name = variable.substr(0, variable.find('='));
    const auto is_asked_for = [&](const std::string& beginning) { return name.starts_with(beginning); };
    return name.starts_with("LC_") || std::find(k_known.begin(), k_known.end(), name) != k_known.end() ||
           std::any_of(besides.begin(), besides.end(), is_asked_for);
}

// As fresh as from a shell: whatever we ignore or block means nothing to it.
void set_signals(posix_spawnattr_t& how) {
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int one : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) sigaddset(&usual, one);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

int start(const ProgramQuestion& question, Pipes& pipes, pid_t& pid) {
    std::vector<char*> argv, variables;
    for (const auto& word : question.words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    for (auto* variable = environ; *variable != nullptr; ++variable)
        if (may_know(*variable, question.variables)) variables.push_back(*variable);
    variables.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&actions, pipes.input.from.get(), 0);
    posix_spawn_file_actions_adddup2(&actions, pipes.output.to.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, pipes.complaints.to.get(), 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3); // a passphrase may stand open there
    if (!question.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, question.folder.c_str());
    set_signals(how);
    const int status = posix_spawnp(&pid, argv.front(), &actions, &how, argv.data(), variables.data());
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    pipes.input.from.reset();
    pipes.output.to.reset();
    pipes.complaints.to.reset();
    return status;
}

// One conversation, until both of its streams have ended, it said too much, or its time is over.
class Conversation {
public:
    Conversation(const ProgramQuestion& question, Pipes& pipes)
        : m_question(question), m_pipes(pipes), m_left(question.input), m_until(Steady::now() + question.time) {
        if (m_left.empty()) m_pipes.input.to.reset();
    }

    End run() {
        while (m_pipes.output.from.is_open() || m_pipes.complaints.from.is_open()) {
            if (!wait()) return End::too_late;
            speak();
            hear(m_pipes.output.from, m_output);
            if (m_output.size() > m_question.most_bytes) return End::too_long;
            hear(m_pipes.complaints.from, m_complaints);
            pass_on();
        }
        if (!m_complaints.empty()) say(m_complaints);
        return End::exited;
    }
    [[nodiscard]] std::string take_output() { return std::move(m_output); }
    [[nodiscard]] bool is_over() const { return Steady::now() >= m_until; }

private:
    bool wait() {
        std::array<pollfd, 3> fds{{{m_pipes.input.to.get(), POLLOUT, 0},
                                   {m_pipes.output.from.get(), POLLIN, 0},
                                   {m_pipes.complaints.from.get(), POLLIN, 0}}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - Steady::now()).count();
        if (left <= 0) return false;
        poll(fds.data(), fds.size(), static_cast<int>(std::min<std::int64_t>(left, 1000)));
        return true;
    }
    void speak() {
        if (!m_pipes.input.to.is_open()) return;
        const auto n = write(m_pipes.input.to.get(), m_left.data(), m_left.size());
        if (n > 0) m_left.remove_prefix(static_cast<std::size_t>(n));
        const bool listens = n >= 0 || errno == EAGAIN || errno == EINTR;
        if (m_left.empty() || !listens) m_pipes.input.to.reset();
    }
    static void hear(Descriptor& from, std::string& into) {
        if (!from.is_open()) return;
        std::array<char, 4096> some{};
        const auto n = read(from.get(), some.data(), some.size());
        if (n > 0) into.append(some.data(), static_cast<std::size_t>(n));
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) from.reset();
    }
    void pass_on() {
        for (auto end = m_complaints.find('\n'); end != std::string::npos; end = m_complaints.find('\n')) {
            say(m_complaints.substr(0, end));
            m_complaints.erase(0, end + 1);
        }
        if (m_complaints.size() > k_longest_line) say(std::exchange(m_complaints, {}));
    }
    void say(const std::string& line) {
        m_said += line.size() + 1;
        if (m_said <= k_most_complaints && !trim(line).empty())
            m_question.complain(printable(trim(line), k_longest_line));
    }

    const ProgramQuestion& m_question;
    Pipes& m_pipes;
    std::string_view m_left;
    Steady::time_point m_until;
    std::string m_output, m_complaints;
    std::size_t m_said = 0;
};

// It has closed its streams and may still be about to end; whoever does not in time is killed.
int collect(pid_t pid, const Conversation* conversation) {
    int status = 0;
    for (;;) {
        const auto ended = waitpid(pid, &status, conversation == nullptr ? 0 : WNOHANG);
        if (ended == pid) return status;
        if (ended < 0 && errno != EINTR) return -1;
        if (conversation == nullptr) continue;
        if (conversation->is_over()) {
            kill(pid, SIGKILL);
            conversation = nullptr;
        } else
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

} // namespace

ProgramAnswer ask_program(const ProgramQuestion& question) {
    Pipes pipes;
    pid_t pid = -1;
    if (!pipes.open()) return {.code = errno};
    if (const int failed = start(question, pipes, pid); failed != 0) return {.code = failed};
    Conversation conversation{question, pipes};
    const auto end = conversation.run();
    if (end != End::exited) kill(pid, SIGKILL);
    const auto status = collect(pid, end == End::exited ? &conversation : nullptr);
    if (end != End::exited) return {.end = end};
    if (WIFEXITED(status)) return {End::exited, WEXITSTATUS(status), conversation.take_output()};
    if (conversation.is_over()) return {.end = End::too_late};
    return {End::killed, WIFSIGNALED(status) ? WTERMSIG(status) : 0, {}};
}

} // namespace passa
