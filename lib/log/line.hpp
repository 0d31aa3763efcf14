// One line of the log in each of its formats. Words of others are made safe here, on the only way out.
#pragma once
#include "lib/log/log.hpp"

namespace passa::log {

struct Said {
    Level level = Level::info;
    std::string_view topic;
    std::string_view text;
    std::string_view job = {};
    std::string_view run_id = {};
    const Summary* summary = nullptr;
};

std::string line_of(const Said& said, Format format, Instant at); // without its end
std::string text_of(const Summary& summary);

} // namespace passa::log
