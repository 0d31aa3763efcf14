// What the two streams are, and how wide. Colour only on a terminal that is not dumb, unless the
// setting says otherwise (NO_COLOR and CLICOLOR_FORCE come in through it).
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
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

// For what changes something: a result that cannot be written throws nothing then, so that what the command has to say
// of its work, exit code included, is still told. Who ends the process asks for what was lost.
void work_on_without_stdout();
std::optional<std::string> find_lost_result(); // why
bool reader_has_left(); // it was lost because of that: `| head` has seen enough, and nobody is told

// Whether a progress line stands on the terminal, without its end: whatever is written next erases it first.
void mark_open_line(bool open);

} // namespace passa::cli::out
