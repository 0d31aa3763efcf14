// Instants and business days. An Instant is UTC microseconds (PostgreSQL's resolution); a Day is a calendar date in
// some event's zone. Zone arithmetic happens in SQL (this compiler has no zone database): code here never guesses an
// offset.
#pragma once
#include "lib/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace passa {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Day = std::chrono::year_month_day;
using Duration = std::chrono::microseconds;

// ISO 8601 with an explicit offset or Z: 2027-03-07T18:30:00+03:00, seconds and fraction optional. Error time.instant.
Result<Instant> parse_instant(std::string_view text);
Result<Day> parse_day(std::string_view text); // 2027-03-07; error time.day
// 90s, 15m, 24h, 7d; error time.duration
Result<Duration> parse_duration(std::string_view text);

std::string to_text(Instant at); // 2027-03-07T15:30:00Z; with .ffffff only when not a whole second
std::string to_text(Day day);
std::string to_text(Duration duration); // the largest unit that divides it: 24h, 90s

} // namespace passa
