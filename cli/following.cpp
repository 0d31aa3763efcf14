// One list, however long it takes.
#include "cli/following.hpp"

#include <chrono>
#include <thread>

namespace passa::cli {

void Following::show(const out::Records& records) {
    if (records.empty()) return;
    const auto format = m_ctx.globals().format.value_or(Format::plain);
    if (m_is_first)
        m_ctx.list(m_columns, records);
    else
        m_ctx.list_page(format == Format::table ? Format::plain : format, records, false, m_columns);
    m_is_first = false;
}

void require_endless_format(Context& ctx) {
    if (ctx.globals().format == Format::json)
        throw Error{{Kind::usage, "cli.endless", "one JSON document never ends while it follows",
                     "say --format jsonl: one object a line"}};
}

bool is_stopped(Context& ctx, Duration pause) {
    constexpr auto k_step = std::chrono::milliseconds{50};
    for (Duration waited{}; waited < pause && !ctx.stop().requested(); waited += k_step)
        std::this_thread::sleep_for(k_step);
    return ctx.stop().requested();
}

} // namespace passa::cli
