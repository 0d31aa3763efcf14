// What a screen of passa top shows, as lines: of the figures, the time and the size alone.
#pragma once
#include "cli/top/panel.hpp"
#include "lib/overview/overview.hpp"

namespace passa::cli::top {

struct Seen {
    overview::Overview overview;
    Instant at;               // when it was so
    std::string problem = {}; // why there is nothing newer
};

struct Size {
    std::size_t width = 80;
    std::size_t height = 0; // 0: as many lines as there are
};

struct Look {
    Instant now;
    std::string about = {}; // the event it is narrowed to; empty: all
    std::string hint = {};  // how to leave
    Size size = {};
};

Lines frame(const Seen& seen, const Look& look);

} // namespace passa::cli::top
