// The report of an event as one HTML file: no script, nothing fetched, made to be printed on A4.
#pragma once
#include "lib/report/figures.hpp"

#include <string>
#include <string_view>

namespace passa::report {

inline constexpr std::string_view k_event_page_mark = "<!doctype html>\n<!-- passa report event -->\n";

std::string make_event_page(const EventFigures& figures, std::string_view program); // "passa 0.1.0"

} // namespace passa::report
