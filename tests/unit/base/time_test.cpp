// Instants, days, durations: strict text in, one text out.
#include "lib/base/time.hpp"

#include <catch2/catch.hpp>

using namespace passa;

TEST_CASE("an instant needs an offset and keeps its moment", "[unit]") {
    REQUIRE(to_text(parse_instant("2027-03-07T18:30:00+03:00").value()) == "2027-03-07T15:30:00Z");
    REQUIRE(to_text(parse_instant("2027-03-07 18:30Z").value()) == "2027-03-07T18:30:00Z");
    REQUIRE(to_text(parse_instant("1969-12-31T23:59:59.25Z").value()) == "1969-12-31T23:59:59.250000Z");
    for (const auto* bad : {"2027-03-07T18:30:00", "2027-02-30T00:00:00Z", "2027-03-07", "2027-03-07T24:00:00Z",
                            "2027-03-07T18:30:00+15:00", "2027-3-7T18:30:00Z", "2027-03-07T18:30:00Zjunk"}) {
        CAPTURE(bad);
        REQUIRE(parse_instant(bad).problem().code == "time.instant");
    }
}

TEST_CASE("durations have one unit", "[unit]") {
    REQUIRE(parse_duration("15m").value() == std::chrono::minutes{15});
    REQUIRE(to_text(parse_duration("48h").value()) == "2d");
    for (const auto* bad : {"", "m", "15", "1h30m", "-1h", "1.5h"})
        REQUIRE(parse_duration(bad).problem().code == "time.duration");
}

TEST_CASE("a day is a day of the calendar", "[unit]") {
    REQUIRE(to_text(parse_day("2028-02-29").value()) == "2028-02-29");
    for (const auto* bad : {"2027-02-29", "2027-13-01", "27-01-01", "2027/01/01", ""}) {
        CAPTURE(bad);
        REQUIRE(parse_day(bad).problem().code == "time.day");
    }
}
