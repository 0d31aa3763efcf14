// Rare by the clock, so that it costs nothing.
#include "cli/out/progress.hpp"

#include "lib/base/text.hpp"

#include <fmt/format.h>

namespace passa::cli::out {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds k_patience{500};
constexpr milliseconds k_repaint{100};
constexpr milliseconds k_line_every{60'000};

} // namespace

ProgressLine::ProgressLine(const Terminal& terminal, bool quiet, World world)
    : m_terminal(terminal), m_quiet(quiet), m_redraws(terminal.stderr_is_tty && !terminal.is_dumb),
      m_world(std::move(world)), m_started(m_world.now()), m_next(m_started + (m_redraws ? k_patience : k_line_every)) {
}

void ProgressLine::show(std::string_view what, std::int64_t done, std::int64_t of) {
    const auto now = m_world.now();
    if (m_quiet || now < m_next) return;
    const auto count = of > 0 ? fmt::format(" {}/{}", done, of) : done > 0 ? fmt::format(" {}", done) : std::string{};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - m_started).count();
    const auto text = printable(fmt::format("{}{}, {} s", what, count, seconds), m_terminal.width - 1);
    m_world.write(m_redraws ? fmt::format("\r\x1b[K{}", text) : text + "\n");
    mark_open_line(m_redraws);
    m_shown = true;
    m_next = now + (m_redraws ? k_repaint : k_line_every);
}

ProgressLine::~ProgressLine() {
    if (!m_shown || !m_redraws) return;
    m_world.write("\r\x1b[K");
    mark_open_line(false);
}

} // namespace passa::cli::out
