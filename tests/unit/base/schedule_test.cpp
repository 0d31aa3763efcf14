// Which sentences are a schedule, and what each says.
#include "lib/base/schedule.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace passa;
using std::chrono::minutes;

TEST_CASE("a schedule says every so often, daily or weekly", "[unit]") {
    CHECK(parse_schedule("every 15m").value().every == minutes{15});
    CHECK(parse_schedule("every 12h").value().every == minutes{720});
    CHECK(parse_schedule("every 300s").value().every == minutes{5});
    const auto daily = parse_schedule("daily at 23:59").value();
    CHECK(daily.every == minutes{0});
    CHECK(daily.time_of_day == minutes{1439});
    CHECK(daily.weekday == 0);
    const auto weekly = parse_schedule("weekly on sunday at 03:05").value();
    CHECK(weekly.weekday == 7);
    CHECK(weekly.time_of_day == minutes{185});
    CHECK(parse_schedule("weekly on monday at 00:00").value().weekday == 1);
}

TEST_CASE("what is no schedule is refused", "[unit]") {
    const std::string text =
        GENERATE("", "every", "every 15", "every 1m", "every 4m", "every 7m", "every 13h", "every 1d", "every 24h",
                 "every 330s", "every 8m", "every 45m", "every 90m", "every 5h", "every 15m ", "daily", "daily at",
                 "daily at 3:00", "daily at 24:00", "daily at 03:60", "daily at 03:00 ", "weekly at 03:00",
                 "weekly on moonday at 03:00", "weekly on monday", "Daily at 03:00", "daily at 0a:00", "every -15m");
    CAPTURE(text);
    const auto schedule = parse_schedule(text);
    REQUIRE_FALSE(schedule.ok());
    CHECK(schedule.problem().code == "time.schedule");
}
