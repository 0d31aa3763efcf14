// What is tried again, and how long before: the bounds of every wait, and that waits are spread over them.
#include "lib/runner/retry.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::runner;
using namespace std::chrono_literals;

TEST_CASE("an error is judged by its kind", "[runner]") {
    const auto verdict = [](Kind kind) { return judge(Error{{kind, "test.error", "", ""}}); };
    for (const auto kind : {Kind::unavailable, Kind::busy, Kind::unknown_outcome})
        CHECK(verdict(kind) == Verdict::again);
    for (const auto kind : {Kind::balance_gap, Kind::internal}) CHECK(verdict(kind) == Verdict::stop);
    for (const auto kind : {Kind::failed, Kind::usage, Kind::invalid_input, Kind::not_found, Kind::conflict,
                            Kind::refused, Kind::unauthorised, Kind::configuration, Kind::difference})
        CHECK(verdict(kind) == Verdict::give_up);
    CHECK(judge(Error{{Kind::busy, "job.lease_lost", "", ""}}) == Verdict::stop);
}

TEST_CASE("a wait is anywhere between nothing and its bound, which doubles up to the cap", "[runner]") {
    SeededRandom random{7};
    const Backoff backoff{.tries = 9, .base = 1s, .cap = 10s};
    const std::pair<int, Duration> bounds[] = {{2, 1s},  {3, 2s},  {4, 4s},         {5, 8s},
                                               {6, 10s}, {7, 10s}, {1'000'000, 10s}};
    for (const auto& [next, bound] : bounds) {
        CAPTURE(next);
        std::vector<Duration> waits;
        for (int i = 0; i < 400; ++i) waits.push_back(wait_before(next, backoff, random));
        const auto [least, most] = std::minmax_element(waits.begin(), waits.end());
        CHECK(*least >= 0s);
        CHECK(*least < bound / 20); // full jitter: not only around the bound
        CHECK(*most <= bound);
        CHECK(*most > bound - bound / 20);
    }
}
