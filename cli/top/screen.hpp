// The terminal while passa top has it: the alternate screen, no echo, no cursor. However the program leaves, the
// terminal is as it was: by a key, a signal, an error.
#pragma once
#include "cli/top/frame.hpp"

#include <termios.h>

namespace passa::cli::top {

enum class Wake : std::uint8_t { time, figures, resized, key_quit, interrupted, terminated };

class Screen {
public:
    explicit Screen(bool colour); // Error top.no_terminal
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    [[nodiscard]] static Size size();
    void draw(const Lines& lines);            // in one write; nothing when it shows these already
    Wake wait(int figures, Duration at_most); // figures: readable when there are new ones
    void forget() { m_drawn.clear(); }        // the next draw writes everything

private:
    void enter();
    void leave();
    void suspend(); // Ctrl-Z
    Wake read_keys();
    Wake read_signals();
    bool m_colour;
    termios m_before{};
    std::string m_drawn;
};

} // namespace passa::cli::top
