// When something is due again and again: "every 15m", "daily at 03:00", "weekly on monday at 03:00". Few words, each of
// which a timer, a crontab and PostgreSQL can say exactly.
#pragma once
#include "lib/base/result.hpp"

#include <chrono>
#include <string_view>

namespace passa {

struct Schedule {
    std::chrono::minutes every{
        0}; // counted from midnight UTC, and divides an hour, or hours a day; none: once, at a time of day
    std::chrono::minutes time_of_day{0}; // of the organizer's zone
    int weekday = 0;                     // 1 is Monday (ISO 8601); 0: every day
};

Result<Schedule> parse_schedule(std::string_view text); // error time.schedule

} // namespace passa
