// Rare by the clock, so that it costs nothing.
#include "cli/out/progress.hpp"

#include "lib/base/text.hpp"

#include <fmt/format.h>

namespace passa::cli::out {
namespace {
constexpr auto k_repaint = std::chrono::milliseconds{100};
constexpr auto k_line_every = std::chrono::minutes{1};
} // namespace

std::chrono::milliseconds ProgressLine::first_wait() const {
    return m_terminal.stderr_is_tty ? std::chrono::milliseconds{500} : k_line_every;
}

void ProgressLine::show(std::string_view what, std::int64_t done, std::int64_t of) {
    const auto now = std::chrono::steady_clock::now();
    if (m_quiet || now < m_next) return;
    const auto count = of > 0 ? fmt::format(" {}/{}", done, of) : done > 0 ? fmt::format(" {}", done) : std::string{};
    const auto text = printable(fmt::format("{}{}", what, count), m_terminal.width - 1);
    write_stderr(m_terminal.stderr_is_tty ? fmt::format("\r\x1b[K{}", text) : text + "\n");
    m_shown = true;
    m_next = now + (m_terminal.stderr_is_tty ? std::chrono::milliseconds{k_repaint}
                                             : std::chrono::milliseconds{k_line_every});
}

ProgressLine::~ProgressLine() {
    if (m_shown && m_terminal.stderr_is_tty) write_stderr("\r\x1b[K");
}

} // namespace passa::cli::out
