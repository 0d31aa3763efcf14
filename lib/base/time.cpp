// Strict readers and writers of ISO 8601 text.
#include "lib/base/time.hpp"

#include "lib/base/text.hpp"

#include <array>
#include <optional>

namespace passa {
namespace {

using namespace std::chrono;

// Reads exactly `width` digits at the front of `text` and moves past them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text) {
    const auto y = take_digits(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    const Day day{year{*y}, month{static_cast<unsigned>(*m)}, std::chrono::day{static_cast<unsigned>(*d)}};
    return day.ok() ? std::optional{day} : std::nullopt;
}

std::optional<microseconds> take_fraction(std::string_view& text) {
    if (!take(text, '.')) return microseconds{0};
    std::int64_t value = 0;
    int digits = 0;
    while (!text.empty() && is_digit(text.front()) && digits < 9) {
        if (digits < 6) value = value * 10 + (text.front() - '0');
        text.remove_prefix(1);
        ++digits;
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) value *= 10;
    return microseconds{value};
}

std::optional<microseconds> take_time_of_day(std::string_view& text) {
    const auto h = take_digits(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    microseconds time = hours{*h} + minutes{*m};
    if (!take(text, ':')) return time;
    const auto s = take_digits(text, 2);
    if (!s || *s > 59) return std::nullopt;
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    return time + seconds{*s} + *fraction;
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return minutes{0};
    const int sign = text.empty() ? 0 : text.front() == '+' ? 1 : text.front() == '-' ? -1 : 0;
    if (sign == 0) return std::nullopt;
    text.remove_prefix(1);
    const auto h = take_digits(text, 2);
    if (!h || *h > 14) return std::nullopt;
    take(text, ':');
    const auto m = text.empty() ? std::optional{0} : take_digits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    return sign * (hours{*h} + minutes{*m});
}

} // namespace

Result<Instant> parse_instant(std::string_view text) {
    const Problem bad{Kind::invalid_input, "time.instant",
                      fmt::format("'{}' is not a time with an offset", printable(text, 40)),
                      "write it like 2027-03-07T18:30:00+03:00"};
    auto rest = text;
    const auto day = take_day(rest);
    if (!day || !(take(rest, 'T') || take(rest, ' '))) return bad;
    const auto time = take_time_of_day(rest);
    if (!time) return bad;
    const auto offset = take_offset(rest);
    if (!offset || !rest.empty()) return bad;
    return Instant{sys_days{*day}.time_since_epoch() + *time - *offset};
}

Result<Day> parse_day(std::string_view text) {
    auto rest = text;
    const auto day = take_day(rest);
    if (!day || !rest.empty())
        return Problem{Kind::invalid_input, "time.day", fmt::format("'{}' is not a date", printable(text, 40)),
                       "write it like 2027-03-07"};
    return *day;
}

Result<Duration> parse_duration(std::string_view text) {
    const Problem bad{Kind::invalid_input, "time.duration", fmt::format("'{}' is not a duration", printable(text, 40)),
                      "write it like 90s, 15m, 24h or 7d"};
    std::int64_t value = 0;
    std::size_t i = 0;
    for (; i < text.size() && i < 7 && is_digit(text[i]); ++i) value = value * 10 + (text[i] - '0');
    if (i == 0 || i + 1 != text.size()) return bad;
    switch (text[i]) {
    case 's': return Duration{seconds{value}};
    case 'm': return Duration{minutes{value}};
    case 'h': return Duration{hours{value}};
    case 'd': return Duration{days{value}};
    default: return bad;
    }
}

std::string to_text(Day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string to_text(Instant at) {
    const auto day_start = floor<days>(at);
    const hh_mm_ss time{at - day_start};
    const auto head = fmt::format("{}T{:02}:{:02}:{:02}", to_text(Day{day_start}), time.hours().count(),
                                  time.minutes().count(), time.seconds().count());
    const auto fraction = time.subseconds().count();
    return fraction == 0 ? head + "Z" : fmt::format("{}.{:06}Z", head, fraction);
}

std::string to_text(Duration duration) {
    constexpr std::array<std::pair<std::int64_t, char>, 4> units{{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
    const auto total = duration_cast<seconds>(duration).count();
    for (const auto& [size, letter] : units)
        if (total != 0 && total % size == 0) return fmt::format("{}{}", total / size, letter);
    return "0s";
}

} // namespace passa
