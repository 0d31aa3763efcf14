// The handler does only what is allowed in one: a lock-free flag, write(2), _exit(2).
#include "cli/stop.hpp"

#include "lib/base/assert.hpp"

#include <atomic>
#include <csignal>
#include <string_view>
#include <unistd.h>

namespace passa::cli {
namespace {

std::atomic<int> g_signal{0}; // a handler can reach nothing else
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::string_view k_note = "stopping after the current item; once more to leave at once\n";

ExitCode code_of(int signal) { return signal == SIGTERM ? ExitCode::terminated : ExitCode::interrupted; }

extern "C" void passa_on_stop(int signal) {
    if (g_signal.exchange(signal) != 0) _exit(static_cast<int>(code_of(signal)));
    [[maybe_unused]] const ssize_t written =
        write(2, k_note.data(), k_note.size()); // nobody is left to tell of a failure
}

} // namespace

Stop::Stop() {
    struct sigaction action {};
    action.sa_handler = passa_on_stop;
    action.sa_flags = SA_RESTART; // work under way is finished, not torn
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool Stop::requested() const { return g_signal.load() != 0; }

ExitCode Stop::exit_code() const {
    PASSA_ASSERT(requested());
    return code_of(g_signal.load());
}

} // namespace passa::cli
