// Forked twice: its parent is init, which collects it.
#include "lib/base/detached.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passa {
namespace {

constexpr int k_kept = 3; // behind the three that every process has

void leave_everything(int keep) {
    setsid();
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int fd : {0, 1, 2}) dup2(null, fd);
    if (keep >= 0) dup2(keep, k_kept);
    closefrom(keep >= 0 ? k_kept + 1 : k_kept);
    if (chdir("/") != 0) _exit(1);
}

} // namespace

bool run_detached(const std::function<void()>& work, int keep) {
    const auto pid = fork();
    if (pid == 0) {
        const auto inner = fork();
        if (inner != 0) _exit(inner > 0 ? 0 : 1);
        leave_everything(keep);
        try {
            work();
        } catch (...) { // nobody listens; what it left is found by the next one
            _exit(1);
        }
        _exit(0);
    }
    int status = 1;
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

} // namespace passa
