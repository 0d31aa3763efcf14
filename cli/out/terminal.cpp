// Asks the kernel, writes with write(2).
#include "cli/out/terminal.hpp"

#include "lib/base/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace passa::cli::out {
namespace {

bool g_line_is_open = false;
bool g_work_goes_on = false; // without a stdout
int g_lost = 0;              // errno of the first result that could not be written

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto n = write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

std::string coloured(const Terminal& terminal, std::string_view code, std::string_view text) {
    return terminal.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string{text};
}

void close_line() {
    if (g_line_is_open) write_all(2, "\r\x1b[K");
    g_line_is_open = false;
}

} // namespace

void mark_open_line(bool open) { g_line_is_open = open; }

Terminal find_terminal(Colour colour) {
    Terminal t;
    t.stdout_is_tty = isatty(1) == 1;
    t.stderr_is_tty = isatty(2) == 1;
    t.stdin_is_tty = isatty(0) == 1;
    const char* term = std::getenv("TERM");
    t.is_dumb = term != nullptr && std::strcmp(term, "dumb") == 0;
    t.colour = colour == Colour::always || (colour == Colour::automatic && t.stderr_is_tty && !t.is_dumb);
    winsize size{};
    if (t.stdout_is_tty && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) t.width = size.ws_col;
    const char* columns = std::getenv("COLUMNS");
    const long wanted = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
    if (wanted >= 20) t.width = static_cast<std::size_t>(wanted);
    return t;
}

std::string red(const Terminal& terminal, std::string_view text) { return coloured(terminal, "1;31", text); }
std::string bold(const Terminal& terminal, std::string_view text) { return coloured(terminal, "1", text); }

void write_stdout(std::string_view text) {
    close_line();
    if (g_lost != 0 || write_all(1, text)) return;
    g_lost = errno;
    if (!g_work_goes_on)
        throw Error{{Kind::failed, "out.failed", "cannot write the result: " + *find_lost_result(), ""}};
}

void work_on_without_stdout() { g_work_goes_on = true; }

std::optional<std::string> find_lost_result() {
    return g_lost == 0 ? std::nullopt : std::optional<std::string>{std::strerror(g_lost)};
}

bool reader_has_left() { return g_lost == EPIPE; }

void write_stderr(std::string_view text) {
    close_line();
    static_cast<void>(write_all(2, text));
}

} // namespace passa::cli::out
