// Progress on standard error: on a terminal one line that is written over, from half a second on; elsewhere a line a
// minute. Nothing with --quiet.
#pragma once
#include "cli/out/terminal.hpp"

#include <chrono>
#include <cstdint>
#include <functional>

namespace passa::cli::out {

class ProgressLine {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct World { // what a test replaces
        std::function<Time()> now = [] { return std::chrono::steady_clock::now(); };
        std::function<void(std::string_view)> write = write_stderr;
    };

    ProgressLine(const Terminal& terminal, bool quiet) : ProgressLine(terminal, quiet, World{}) {}
    ProgressLine(const Terminal& terminal, bool quiet, World world);
    ~ProgressLine(); // clears the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(std::string_view what, std::int64_t done, std::int64_t of); // of 0: not known

private:
    Terminal m_terminal;
    bool m_quiet;
    bool m_redraws;
    bool m_shown = false;
    World m_world;
    Time m_started;
    Time m_next;
};

} // namespace passa::cli::out
