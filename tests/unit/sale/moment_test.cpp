// Dates and times as exports write them.
#include "lib/sale/moment.hpp"

#include <catch2/catch.hpp>

using namespace passa::sale;

namespace {
std::string read(std::string_view date, DateOrder order = DateOrder::year_first, std::string_view time = "") {
    const auto moment = read_moment(date, time, order);
    return moment.bad_reason != nullptr ? "refused" : moment.text;
}
} // namespace

TEST_CASE("local times stay local, offsets stay with their time", "[unit][sale]") {
    REQUIRE(read("2026-09-26") == "2026-09-26 00:00:00");
    REQUIRE(read("2026-09-26", DateOrder::year_first, "20:10:05") == "2026-09-26 20:10:05");
    REQUIRE(read("2026-09-26 20:10") == "2026-09-26 20:10:00");
    REQUIRE(read("2026-09-26T20:10:05.1234567Z") == "2026-09-26 20:10:05.123456+00");
    REQUIRE(read("2026-09-26T20:10:05+03:00") == "2026-09-26 20:10:05+03:00");
    REQUIRE(read("2026-09-26T20:10:05-0330") == "2026-09-26 20:10:05-03:30");
    REQUIRE(read("2026-09-26 20:10", DateOrder::day_first) == "2026-09-26 20:10:00"); // the year leaves no doubt
}

TEST_CASE("the profile's order decides what numbers mean", "[unit][sale]") {
    REQUIRE(read("05/10/2026 10:00", DateOrder::day_first) == "2026-10-05 10:00:00");
    REQUIRE(read("05/10/2026 10:00", DateOrder::month_first) == "2026-05-10 10:00:00");
    REQUIRE(read("05/10/2026 10:00") == "refused");
    REQUIRE(read("11/29/24 22:28", DateOrder::month_first) == "2024-11-29 22:28:00");
    REQUIRE(read("29/11/24 22:28", DateOrder::month_first) == "refused");
    REQUIRE(read("26.09.2026", DateOrder::day_first) == "2026-09-26 00:00:00");
    REQUIRE(read("Sep 26, 2026 7:05 PM", DateOrder::month_first) == "2026-09-26 19:05:00");
    REQUIRE(read("26 September 2026 12:00 am") == "2026-09-26 00:00:00");
    REQUIRE(read("Sep 26, 2026 7:05\xE2\x80\xAFPM") == "2026-09-26 19:05:00");
    REQUIRE(read("26-Sep-2026 12:30 PM") == "2026-09-26 12:30:00");
}

TEST_CASE("what is no date or time is refused", "[unit][sale]") {
    for (const auto* text : {"", "soon", "2026-02-30", "2026-13-01", "2026-9", "1926-01-01", "2026-09-26 25:00",
                             "2026-09-26 10:60", "2026-09-26 13:00 PM", "2026-09-26 10:00 EAT", "2026-09-26 10:00+3",
                             "2026-09-26 10:00:00 x", "2026/09-26", "Foo 26, 2026", "2026-09-26 10", "20260926"}) {
        CAPTURE(text);
        REQUIRE(read(text) == "refused");
    }
}
