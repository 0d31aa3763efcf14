// fork, exec, kill.
#include "cli/localnet/process.hpp"

#include "lib/base/error.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace passa::cli::localnet {

namespace {

constexpr std::chrono::milliseconds k_pause{20};

std::vector<char*> arguments(const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return argv;
}

Error cannot_start(const std::string& program, int why) {
    return Error{{Kind::unavailable, "localnet.start", fmt::format("cannot start {}: {}", program, std::strerror(why)),
                  "scripts/build makes it"}};
}

// State and start time from /proc; the name in between may hold blanks and brackets.
std::optional<std::pair<char, std::int64_t>> read_stat(pid_t pid) {
    std::ifstream file{fmt::format("/proc/{}/stat", pid)};
    std::string text;
    if (!std::getline(file, text)) return std::nullopt;
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) return std::nullopt;
    std::istringstream fields{text.substr(name_end + 1)};
    char state = 0;
    fields >> state;
    std::string skipped;
    for (int field = 4; field < 22; ++field) fields >> skipped;
    std::int64_t started = 0;
    if (!(fields >> started)) return std::nullopt;
    return std::pair{state, started};
}

bool ends_within(const Process& process, Duration patience) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds{patience};
    while (is_alive(process)) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(k_pause);
    }
    return true;
}

} // namespace

bool is_alive(const Process& process) {
    const auto stat = read_stat(process.pid);
    return stat && stat->second == process.started && stat->first != 'Z';
}

pid_t start_in_background(const std::vector<std::string>& command, const std::filesystem::path& log) {
    auto argv = arguments(command);
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const auto child = out < 0 || in < 0 ? -1 : fork();
    const int why = errno;
    if (child == 0) {
        setsid();
        dup2(in, 0);
        dup2(out, 1);
        dup2(out, 2);
        closefrom(3); // our locks and sockets must not live on in it
        execv(argv[0], argv.data());
        _exit(127);
    }
    for (const int fd : {out, in})
        if (fd >= 0) close(fd);
    if (child < 0) throw cannot_start(command.front(), why);
    return child;
}

bool has_ended(pid_t child) { return waitpid(child, nullptr, WNOHANG) == child; }

void become(const std::vector<std::string>& command) {
    auto argv = arguments(command);
    execv(argv[0], argv.data());
    throw cannot_start(command.front(), errno);
}

Ending stop(const Process& process, Duration patience) {
    if (is_alive(process) && kill(process.pid, SIGTERM) != 0 && errno == EPERM)
        throw Error{{Kind::unauthorised, "localnet.stop",
                     fmt::format("process {} belongs to another user", process.pid), "stop it as that user"}};
    if (ends_within(process, patience)) return Ending::asked;
    kill(process.pid, SIGKILL);
    ends_within(process, patience);
    return Ending::forced;
}

} // namespace passa::cli::localnet
