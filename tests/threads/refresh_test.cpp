// The screen of `passa top` reads while its figures are loaded beside it.
#include "cli/top/refresh.hpp"
#include "lib/base/error.hpp"

#include <catch2/catch.hpp>

#include <poll.h>

using namespace passa;
using namespace std::chrono_literals;

TEST_CASE("figures are read while they are loaded, fail and end") {
    int loaded = 0; // the loading thread's alone
    cli::top::Refresh refresh{[&] {
                                  if (++loaded % 3 == 0) throw Error{{Kind::unavailable, "db.lost", "gone", ""}};
                                  cli::top::Seen seen;
                                  seen.at = Instant{std::chrono::seconds{loaded}};
                                  return seen;
                              },
                              1ms,
                              {}};
    bool failed = false;
    auto newest = refresh.newest();
    while (newest.at < Instant{20s}) {
        pollfd waits{refresh.ready(), POLLIN, 0};
        REQUIRE(poll(&waits, 1, 60'000) == 1);
        const auto next = refresh.newest();
        REQUIRE(next.at >= newest.at); // a load that failed keeps what was seen
        newest = next;
        failed = failed || !newest.problem.empty();
    }
    CHECK(failed);
    CHECK(refresh.end(60s));
}
