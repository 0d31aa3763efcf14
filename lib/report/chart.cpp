// Bars, a scale of round numbers, and labels that do not meet.
#include "lib/report/chart.hpp"

#include <algorithm>

namespace passa::report {
namespace {

using money::Int128;

// Units of the drawing.
constexpr int k_least_left = 78, k_most_left = 240, k_right = 716, k_top = 12, k_bottom = 196, k_height = 226;
constexpr int k_narrowest_bar = 3, k_widest_bar = 44;
constexpr int k_most_bars = (k_right - k_least_left) / k_narrowest_bar;
constexpr int k_letter = 8; // as wide as a digit of a label at most
constexpr int k_label_room = 46;
constexpr int k_step_width = 200;

// `value` of `span` in drawing units; sums of 37 digits keep their place though not their last digits.
int placed(Int128 value, Int128 span, int width) {
    constexpr Int128 k_fine = 1'000'000'000'000;
    const auto unit = span / k_fine + 1;
    return static_cast<int>(value / unit * width / std::max<Int128>(span / unit, 1));
}

enum class Grain : std::uint8_t { day, week, month, year };
constexpr std::string_view k_grain_names[] = {"day", "week, named by its Monday", "month", "year"};

struct Bar {
    Day from;
    Int128 up = 0, down = 0; // both >= 0
};

std::chrono::sys_days start_of(Day day, Grain grain) {
    const std::chrono::sys_days days{day};
    switch (grain) {
    case Grain::day: return days;
    case Grain::week: return days - (std::chrono::weekday{days} - std::chrono::Monday);
    case Grain::month: return day.year() / day.month() / 1;
    case Grain::year: return day.year() / 1 / 1;
    }
    return days;
}

std::chrono::sys_days after(std::chrono::sys_days start, Grain grain) {
    const Day day{start};
    switch (grain) {
    case Grain::day: return start + std::chrono::days{1};
    case Grain::week: return start + std::chrono::days{7};
    case Grain::month: return Day{day + std::chrono::months{1}};
    case Grain::year: return Day{day + std::chrono::years{1}};
    }
    return start;
}

// Every period between the first and the last day, also those without sales. Stops one past what there is room for.
std::vector<Bar> bars_of(const std::vector<DaySales>& days, Grain grain) {
    std::vector<Bar> bars;
    const auto last = start_of(days.back().day, grain);
    for (auto at = start_of(days.front().day, grain); at <= last && bars.size() <= k_most_bars; at = after(at, grain))
        bars.push_back({Day{at}});
    if (bars.size() > k_most_bars) return bars;
    auto bar = bars.begin();
    for (const auto& d : days) {
        while (std::chrono::sys_days{bar->from} != start_of(d.day, grain)) ++bar;
        bar->up += d.sold.minor();
        bar->down -= d.undone.minor();
    }
    return bars;
}

// The smallest of 1, 2, 5, 10, 20 ... that covers `range` in at most five steps.
Int128 round_step(Int128 range) {
    for (Int128 power = 1;; power *= 10)
        for (const int factor : {1, 2, 5})
            if (power * factor >= (range + 4) / 5) return power * factor;
}

constexpr std::string_view k_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string label_of(const std::vector<Bar>& bars, std::size_t i, Grain grain) {
    const auto day = bars[i].from;
    const auto month = k_months[unsigned{day.month()} - 1];
    const bool new_year = i == 0 || bars[i - 1].from.year() != day.year();
    const bool new_month = i == 0 || bars[i - 1].from.month() != day.month();
    if (grain == Grain::year) return fmt::format("{}", int{day.year()});
    if (new_year)
        return grain == Grain::month || unsigned{day.day()} == 1
                   ? fmt::format("{} {}", month, int{day.year()})
                   : fmt::format("{} {} {}", unsigned{day.day()}, month, int{day.year()});
    if (grain == Grain::month) return std::string{month};
    if (bars.size() > 62) return new_month ? std::string{month} : std::string{};
    return fmt::format("{} {}", unsigned{day.day()}, month);
}

struct Scale {
    Int128 top = 0, bottom = 0, step = 1; // bottom <= 0 <= top
    [[nodiscard]] int y(Int128 value) const { return k_top + placed(top - value, top - bottom, k_bottom - k_top); }
};

Scale scale_of(const std::vector<Bar>& bars) {
    Int128 up = 1, down = 0;
    for (const auto& bar : bars) {
        up = std::max(up, bar.up);
        down = std::max(down, bar.down);
    }
    const auto step = round_step(up + down);
    return {(up + step - 1) / step * step, -((down + step - 1) / step * step), step};
}

// Room for the longest figure of the scale; what nobody sells for is cut rather than the bars.
int left_of(const Scale& scale, const money::Asset& asset) {
    std::size_t longest = 0;
    for (const auto value : {scale.bottom, scale.top}) longest = std::max(longest, figure({value, asset}, true).size());
    return std::clamp(16 + k_letter * static_cast<int>(longest), k_least_left, k_most_left);
}

void draw_grid(std::string& svg, int left, const Scale& scale, const money::Asset& asset) {
    for (auto value = scale.bottom; value <= scale.top; value += scale.step) {
        const auto y = scale.y(value);
        svg += fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", value == 0 ? "axis" : "grid",
                           left, y, k_right, y);
        svg += fmt::format("<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, y + 4,
                           figure({value, asset}, true));
    }
}

std::string in_words(Day day) {
    return fmt::format("{} {} {}", unsigned{day.day()}, k_months[unsigned{day.month()} - 1], int{day.year()});
}

} // namespace

std::string figure(const Amount& amount, bool whole) {
    auto text = amount.for_people();
    text.resize(text.rfind(' '));
    const auto point = text.find('.');
    if (whole && point != std::string::npos && text.find_first_not_of('0', point + 1) == std::string::npos)
        text.resize(point);
    return text;
}

DayChart draw_days(const std::vector<DaySales>& days, const money::Asset& asset) {
    if (days.empty()) return {};
    auto grain = Grain::day;
    auto bars = bars_of(days, grain);
    while (bars.size() > k_most_bars && grain != Grain::year) {
        grain = static_cast<Grain>(static_cast<int>(grain) + 1);
        bars = bars_of(days, grain);
    }
    if (bars.size() > k_most_bars) return {{}, std::string{k_grain_names[3]}}; // centuries: the table alone
    const auto scale = scale_of(bars);
    const int left = left_of(scale, asset);
    const int width = std::min(k_right - left, k_widest_bar * static_cast<int>(bars.size()));
    const auto x_of = [&](std::size_t i) { return left + static_cast<int>(i) * width / static_cast<int>(bars.size()); };
    std::string svg = fmt::format("<svg class=\"days\" viewBox=\"0 0 720 {}\" role=\"img\" aria-label=\"Sales by {}\">",
                                  k_height, k_grain_names[static_cast<int>(grain)]);
    draw_grid(svg, left, scale, asset);
    int free_from = 0;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const int x = x_of(i), slot = x_of(i + 1) - x, gap = slot > 8 ? slot / 5 : 1;
        const auto bar = [&](std::string_view kind, Int128 from, Int128 to, std::string_view what) {
            const int y = scale.y(from), height = std::max(scale.y(to) - y, 1); // what is not zero is seen
            svg += fmt::format(
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}: {} {}</title></rect>", kind,
                x, y, slot - gap, height, in_words(bars[i].from), what, figure({from == 0 ? to : from, asset}));
        };
        if (bars[i].up > 0) bar("up", bars[i].up, 0, "sold");
        if (bars[i].down > 0) bar("down", 0, -bars[i].down, "undone");
        const auto label = label_of(bars, i, grain);
        const int room = static_cast<int>(label.size()) * k_letter;
        const bool at_edge = x + room > k_right;
        const int from = at_edge ? k_right - room : x;
        if (label.empty() || from < free_from) continue;
        svg += fmt::format("<line class=\"axis\" x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\"/>", x, k_bottom,
                           k_bottom + 5);
        svg += fmt::format("<text class=\"tick\" x=\"{}\" y=\"{}\"{}>{}</text>", at_edge ? k_right : x, k_bottom + 20,
                           at_edge ? " text-anchor=\"end\"" : "", label);
        free_from = from + std::max(k_label_room, room);
    }
    return {svg + "</svg>", std::string{k_grain_names[static_cast<int>(grain)]}};
}

std::string draw_step(const Step& step, Int128 lowest, Int128 highest) {
    const auto x = [&](Int128 value) { return placed(value - lowest, highest - lowest, k_step_width); };
    const auto before = step.kind == Step::Kind::total ? 0 : (step.left - step.amount).minor();
    const int from = x(std::min(before, step.left.minor()));
    const int to = x(std::max(before, step.left.minor()));
    constexpr std::string_view kinds[] = {"total", "deduction", "commission", "share", "unsettled"};
    return fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 {} 10\" aria-hidden=\"true\"><rect class=\"{}\" x=\"{}\" y=\"0\" "
        "width=\"{}\" height=\"10\"/></svg>",
        k_step_width + 1, kinds[static_cast<int>(step.kind)], from, std::max(to - from, 1));
}

std::string draw_part(const Amount& part, const Amount& whole) {
    if (whole.minor() <= 0 || part.minor() < 0) return {};
    return fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 {} 10\" aria-hidden=\"true\"><rect class=\"up\" x=\"0\" y=\"0\" "
        "width=\"{}\" height=\"10\"/></svg>",
        k_step_width + 1, std::max(placed(part.minor(), whole.minor(), k_step_width), 1));
}

} // namespace passa::report
