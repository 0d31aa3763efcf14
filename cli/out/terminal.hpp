// What the two streams are, and how wide. Colour only on a terminal that is not dumb, unless the
// setting says otherwise (NO_COLOR and CLICOLOR_FORCE come in through it).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace passa::cli::out {

enum class Colour : std::uint8_t { automatic, always, never };

struct Terminal {
    bool stdout_is_tty = false;
    bool stderr_is_tty = false;
    bool stdin_is_tty = false;
    bool colour = false;  // of stderr
    bool is_dumb = false; // cannot redraw
    std::size_t width = 80;
};

Terminal find_terminal(Colour colour);
std::string red(const Terminal& terminal, std::string_view text);
std::string bold(const Terminal& terminal, std::string_view text);

// All of it or an Error out.failed: a full disk or a closed pipe must not look like success.
void write_stdout(std::string_view text);
void write_stderr(std::string_view text); // best effort

// Whether a progress line stands on the terminal, without its end: whatever is written next erases it first.
void mark_open_line(bool open);

} // namespace passa::cli::out
