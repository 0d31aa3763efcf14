// Charts as inline SVG, drawn with integers alone; colours come from the style sheet, so that they follow light and
// dark.
#pragma once
#include "lib/report/figures.hpp"

namespace passa::report {

// A number for people without its asset, and without decimals that are all zero when `whole`: "1,234,500".
std::string figure(const Amount& amount, bool whole = false);

// Sales by day; by week, month or year when there are more days than a page has room for.
struct DayChart {
    std::string svg;
    std::string grain; // "day", "week (from Monday)", "month", "year"
};
DayChart draw_days(const std::vector<DaySales>& days, const money::Asset& asset);

// A floating bar for one step of the waterfall, on the scale `lowest`..`highest`.
std::string draw_step(const Step& step, money::Int128 lowest, money::Int128 highest);

// A bar from zero: `part` of `whole`.
std::string draw_part(const Amount& part, const Amount& whole);

} // namespace passa::report
