// Items begin evenly; what was not used is not made up for.
#include "lib/base/clock.hpp"
#include "lib/runner/rate.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using std::chrono::seconds;

TEST_CASE("items begin evenly, and a pause is not made up for by a rush", "[unit][runner]") {
    FixedClock clock{Instant{}};
    runner::Rate rate{30};
    CHECK(rate.take(clock.now()) == Duration::zero()); // the first at once
    CHECK(rate.take(clock.now()) == seconds{2});
    CHECK(rate.take(clock.now()) == seconds{4}); // who does not wait gets later and later
    clock.advance(seconds{5});
    CHECK(rate.take(clock.now()) == seconds{1});
    clock.advance(seconds{600});
    CHECK(rate.take(clock.now()) == Duration::zero());
    CHECK(rate.take(clock.now()) == seconds{2});
}

TEST_CASE("any number of items takes its time, to the microsecond", "[unit][runner]") {
    for (const int per_minute : {1, 7, 60, 60'000}) {
        FixedClock clock{Instant{}};
        runner::Rate rate{per_minute};
        for (int i = 0; i <= per_minute; ++i) clock.advance(rate.take(clock.now()));
        CAPTURE(per_minute);
        CHECK(clock.now() > Instant{} + seconds{60} - std::chrono::milliseconds{1});
        CHECK(clock.now() <= Instant{} + seconds{60});
    }
}
