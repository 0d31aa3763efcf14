// A list that goes on: shown as it grows, until Ctrl-C.
#pragma once
#include "cli/context.hpp"

namespace passa::cli {

class Following {
public:
    Following(Context& ctx, std::vector<out::Column> columns) : m_ctx(ctx), m_columns(std::move(columns)) {}
    // The first is a list of its own; a table's widths are those of its rows, so what follows comes as lines.
    void show(const out::Records& records);

private:
    Context& m_ctx;
    std::vector<out::Column> m_columns;
    bool m_is_first = true;
};

// Error cli.endless: one JSON document never ends while it follows.
void require_endless_format(Context& ctx);
// True: Ctrl-C or TERM came meanwhile.
bool is_stopped(Context& ctx, Duration pause);

} // namespace passa::cli
