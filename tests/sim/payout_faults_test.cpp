// Seeded runs over networks that lose, delay, drop, refuse and lie by silence, with processes killed at random points.
#include "tests/sim/payout_sim.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <map>

using namespace passa;
using namespace passa::test;

namespace {

constexpr std::uint64_t k_seeds = 220;

constexpr std::string_view k_points[] = {"sim.create.before",
                                         "payout.open.after",
                                         "payout.reserve.before",
                                         "payout.reserve.after",
                                         "payout.attempt.before",
                                         "payout.attempt.after",
                                         "rail.ask.before",
                                         "rail.ask.after",
                                         "payout.outcome.unknown.after",
                                         "sim.approve.after",
                                         "payout.outcome.confirmed.before"};

SimPlan random_plan(std::uint64_t seed) {
    SeededRandom random{seed};
    const auto percent = [&] { return random.below(3) == 0 ? 0 : static_cast<int>(random.below(45)); };
    SimPlan plan;
    plan.seed = seed;
    plan.faults = {percent(), percent(), percent(), percent(), percent(), percent(), percent() / 3};
    const auto parties = 1 + random.below(6);
    for (std::uint64_t i = 0; i < parties; ++i) {
        OwedParty party{fmt::format("p{}", i), static_cast<money::Int128>(1 + random.below(1'000'00))};
        if (random.below(4) == 0) party.memo = fmt::format("id:{}", random.below(2));
        if (random.below(4) == 0) party.commission = static_cast<money::Int128>(random.below(100'00));
        if (random.below(8) == 0) plan.shut.insert("to-" + party.name);
        plan.owed.push_back(std::move(party));
    }
    plan.most_orders = 1 + random.below(4);
    return plan;
}

} // namespace

TEST_CASE("whatever the network does, and wherever the process dies: paid once, or owed", "[sim]") {
    const char* chosen = std::getenv("PASSA_SIM_SEED"); // to look at one again
    const auto first = chosen == nullptr ? 1 : std::strtoull(chosen, nullptr, 10);
    const auto last = chosen == nullptr ? k_seeds : first;
    FreshDatabase db;
    std::map<std::string_view, int> killed;
    for (auto seed = first; seed <= last; ++seed) {
        CAPTURE(seed);
        SeededRandom random{seed ^ 0xfeed};
        PayoutSim sim{db, fmt::format("seed-{}", seed), random_plan(seed)};
        for (auto kills = random.below(4); kills > 0; --kills) {
            const auto point = k_points[random.below(std::size(k_points))];
            killed[point] += sim.run_child(fmt::format("{}:{}:kill", point, 1 + random.below(3))).killed ? 1 : 0;
        }
        sim.run_to_end();
        sim.require_truth();
    }
    for (const auto point : k_points) { // one that was renamed would kill nobody, and nobody would know
        CAPTURE(point);
        REQUIRE((killed[point] > 0 || chosen != nullptr));
    }
}
