// Waits for what another thread or session brings about: at most half a minute, however slow the machine is.
#pragma once
#include <chrono>
#include <thread>

namespace passa::test {

template <typename F>
bool becomes_true(F&& fn) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!fn()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
}

} // namespace passa::test
