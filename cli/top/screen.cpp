// Signals become bytes in a pipe, read where keys are: the handlers do only what is allowed in one.
#include "cli/top/screen.hpp"

#include "cli/out/terminal.hpp"
#include "lib/base/assert.hpp"
#include "lib/base/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace passa::cli::top {
namespace {

// Alternate screen, no cursor, no wrapping of lines; and back.
constexpr std::string_view k_enter = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
constexpr std::string_view k_leave = "\x1b[?7h\x1b[?25h\x1b[0m\x1b[?1049l";
constexpr std::array k_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

std::array<int, 2> g_pipe{-1, -1}; // a handler can reach nothing else

extern "C" void passa_on_screen_signal(int signal) {
    const int kept = errno;
    const auto byte = static_cast<unsigned char>(signal);
    [[maybe_unused]] const auto written = write(g_pipe[1], &byte, 1); // full: enough of them wait
    errno = kept;
}

void listen_to_signals() {
    if (g_pipe[0] < 0) PASSA_ASSERT(pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) == 0);
    struct sigaction action {};
    action.sa_handler = passa_on_screen_signal;
    action.sa_flags = SA_RESTART;
    for (const int signal : k_signals) sigaction(signal, &action, nullptr);
}

std::string_view code_of(Tone tone) { return tone == Tone::loud ? "\x1b[1;31m" : tone == Tone::head ? "\x1b[1m" : ""; }

std::string painted(const Lines& lines, bool colour) {
    std::string out;
    for (const auto& line : lines) {
        const auto code = colour ? code_of(line.tone) : "";
        out += out.empty() ? "\x1b[H" : "\r\n";
        out += fmt::format("{}{}{}\x1b[K", code, line.text, code.empty() ? "" : "\x1b[0m");
    }
    return out + "\x1b[J";
}

// A q that ends the sequence of another key is none.
bool asks_to_leave(std::string_view typed) {
    for (std::size_t at = 0; at < typed.size(); ++at) {
        if (typed[at] == 'q' || typed[at] == 'Q') return true;
        if (typed[at] != '\x1b') continue;
        ++at;
        const bool is_sequence = at < typed.size() && typed[at] == '['; // up to a letter; else one letter, after O
        if (at < typed.size() && (is_sequence || typed[at] == 'O')) ++at;
        while (is_sequence && at < typed.size() && (typed[at] < '@' || typed[at] > '~')) ++at;
    }
    return false;
}

} // namespace

Screen::Screen(bool colour) : m_colour(colour) {
    const char* term = std::getenv("TERM");
    const bool can_redraw = term != nullptr && *term != '\0' && std::strcmp(term, "dumb") != 0;
    if (isatty(0) != 1 || isatty(1) != 1 || !can_redraw || tcgetattr(0, &m_before) != 0)
        throw Error{{Kind::usage, "top.no_terminal", "passa top needs a terminal that it can draw on",
                     "print one frame: passa top --once; for machines: passa top --once --json"}};
    listen_to_signals();
    enter();
}

Screen::~Screen() { leave(); }

void Screen::enter() {
    auto raw = m_before;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(0, TCSANOW, &raw);
    forget();
    out::write_stdout(k_enter);
}

void Screen::leave() {
    std::string_view rest = k_leave; // not by write_stdout: it throws
    while (!rest.empty()) {
        const auto n = write(1, rest.data(), rest.size());
        if (n < 0 && errno != EINTR) break;
        if (n > 0) rest.remove_prefix(static_cast<std::size_t>(n));
    }
    tcsetattr(0, TCSANOW, &m_before);
}

void Screen::suspend() {
    leave();
    static_cast<void>(raise(SIGSTOP));
    enter();
}

Size Screen::size() {
    winsize size{};
    if (ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {80, 24};
    return {size.ws_col, size.ws_row};
}

void Screen::draw(const Lines& lines) {
    auto text = painted(lines, m_colour);
    if (text == m_drawn) return;
    out::write_stdout(text);
    m_drawn = std::move(text);
}

Wake Screen::wait(int figures, Duration at_most) {
    std::array<pollfd, 3> all{pollfd{g_pipe[0], POLLIN, 0}, pollfd{0, POLLIN, 0}, pollfd{figures, POLLIN, 0}};
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(at_most).count();
    if (poll(all.data(), all.size(), static_cast<int>(ms)) <= 0) return Wake::time; // EINTR: the byte is there next
    if (all[0].revents != 0) return read_signals();
    if (all[1].revents != 0) return read_keys();
    std::array<char, 64> many{};
    [[maybe_unused]] const auto n = read(figures, many.data(), many.size());
    return Wake::figures;
}

Wake Screen::read_keys() {
    std::array<char, 64> keys{};
    const auto n = read(0, keys.data(), keys.size());
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) return Wake::terminated; // the terminal is gone
    return asks_to_leave({keys.data(), n < 0 ? 0 : static_cast<std::size_t>(n)}) ? Wake::key_quit : Wake::time;
}

Wake Screen::read_signals() {
    unsigned char signal = 0;
    if (read(g_pipe[0], &signal, 1) != 1) return Wake::time;
    switch (signal) {
    case SIGINT:
    case SIGQUIT: return Wake::interrupted;
    case SIGTERM:
    case SIGHUP: return Wake::terminated;
    case SIGTSTP: return suspend(), Wake::resized;
    default: return forget(), Wake::resized;
    }
}

} // namespace passa::cli::top
