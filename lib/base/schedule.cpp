// Three sentences, nothing beside them.
#include "lib/base/schedule.hpp"

#include "lib/base/text.hpp"
#include "lib/base/time.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace passa {
namespace {

using std::chrono::minutes;

constexpr minutes k_least{5};
constexpr minutes k_most{12 * 60}; // a whole day is "daily at", which follows the zone
constexpr minutes k_hour{60};
constexpr minutes k_day{24 * 60};

constexpr std::array<std::string_view, 7> k_weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                        "friday", "saturday", "sunday"};

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<minutes> parse_step(std::string_view text) {
    const auto step = parse_duration(text);
    if (!step || *step > k_most || *step < k_least) return std::nullopt;
    const auto whole = std::chrono::duration_cast<minutes>(*step);
    const bool is_even = whole < k_hour ? k_hour % whole == minutes{0} : whole % k_hour == minutes{0};
    return Duration{whole} == *step && is_even && k_day % whole == minutes{0} ? std::optional{whole} : std::nullopt;
}

std::optional<minutes> parse_time(std::string_view text) { // 03:00
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (!is_digit(text[at])) return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59) return std::nullopt;
    return minutes{hour * 60 + minute};
}

std::optional<int> take_weekday(std::string_view& text) {
    const auto it =
        std::find_if(k_weekdays.begin(), k_weekdays.end(), [&](std::string_view day) { return text.starts_with(day); });
    if (it == k_weekdays.end()) return std::nullopt;
    text.remove_prefix(it->size());
    return static_cast<int>(it - k_weekdays.begin()) + 1;
}

std::optional<Schedule> read(std::string_view text) {
    Schedule schedule;
    if (take(text, "every ")) {
        const auto step = parse_step(text);
        if (step) schedule.every = *step;
        return step ? std::optional{schedule} : std::nullopt;
    }
    if (take(text, "weekly on ")) {
        const auto day = take_weekday(text);
        if (!day) return std::nullopt;
        schedule.weekday = *day;
    } else if (!take(text, "daily")) {
        return std::nullopt;
    }
    const auto time = take(text, " at ") ? parse_time(text) : std::nullopt;
    if (time) schedule.time_of_day = *time;
    return time ? std::optional{schedule} : std::nullopt;
}

} // namespace

Result<Schedule> parse_schedule(std::string_view text) {
    const auto schedule = read(text);
    if (schedule) return *schedule;
    return Problem{Kind::invalid_input, "time.schedule", fmt::format("'{}' is not a schedule", printable(text, 60)),
                   "write it like every 15m (5m to 12h, a part of an hour, or hours of a day), daily at 03:00 or "
                   "weekly on monday at 03:00"};
}

} // namespace passa
