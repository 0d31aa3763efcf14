// Progress on standard error: on a terminal one line that is written over, from half a second on; elsewhere a line a
// minute. Nothing with --quiet.
#pragma once
#include "cli/out/terminal.hpp"

#include <chrono>
#include <string>

namespace passa::cli::out {

class ProgressLine {
public:
    ProgressLine(const Terminal& terminal, bool quiet) : m_terminal(terminal), m_quiet(quiet) {}
    ~ProgressLine(); // clears the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(std::string_view what, std::int64_t done, std::int64_t of); // of 0: not known

private:
    using Time = std::chrono::steady_clock::time_point;
    const Terminal& m_terminal;
    bool m_quiet;
    bool m_shown = false;
    Time m_next = std::chrono::steady_clock::now() + first_wait();
    [[nodiscard]] std::chrono::milliseconds first_wait() const;
};

} // namespace passa::cli::out
