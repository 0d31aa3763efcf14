// kill -9 at every fault point that a payout passes, each time it is passed, then resume until nothing is left. The
// points are written down by a run without faults: a new one is tried without touching this file.
#include "tests/sim/payout_sim.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace passa;
using namespace passa::test;

namespace {

struct Passed {
    std::string point;
    int nth = 1;
};

std::vector<Passed> passed_points(const std::filesystem::path& log) {
    std::vector<Passed> all;
    std::map<std::string, int> count;
    std::ifstream in{log};
    for (std::string line; std::getline(in, line);) all.push_back({line, ++count[line]});
    return all;
}

// Three attempts: one with a line at fault, one with a memo, one for the rest; and one payout that is retried.
SimPlan plan() {
    SimPlan plan;
    plan.seed = 1;
    plan.owed = {{"a", 100'00}, {"b", 20'01, "somewhere", {}, 5'00}, {"c", 7, "somewhere", "id:1"}, {"d", 33'33}};
    plan.shut = {"to-b"};
    return plan;
}

std::vector<Passed> enumerate(FreshDatabase& db, const SimPlan& plan, const std::string& name) {
    const NetworkFile log{name + "-points"};
    PayoutSim clean{db, name, plan};
    while (clean.run_child("", log.path().string()).exit_code != 0) continue;
    clean.require_truth();
    return passed_points(log.path());
}

void kill_everywhere(FreshDatabase& db, const SimPlan& plan, const std::string& name) {
    const auto points = enumerate(db, plan, name);
    std::set<std::string> names;
    int number = 0;
    for (const auto& [point, nth] : points) {
        names.insert(point);
        CAPTURE(point, nth);
        PayoutSim sim{db, fmt::format("{}-{}", name, ++number), plan};
        bool died = false;
        for (int run = 0; run < 20 && !died; ++run) {
            const auto end = sim.run_child(fmt::format("{}:{}:kill", point, nth));
            died = end.killed;
            if (end.exit_code == 0) break;
        }
        REQUIRE(died);
        sim.run_to_end();
        sim.require_truth();
    }
    // What must be among them: the book is written before the bytes leave, and after they did.
    for (const auto* must :
         {"payout.reserve.after", "payout.attempt.after", "payout.ask.before", "payout.ask.after",
          "payout.outcome.confirmed.uncommitted", "payout.outcome.failed.after", "payout.drain.before"})
        REQUIRE(names.contains(must));
}

} // namespace

TEST_CASE("killed at any write, on a good network: nobody is paid twice, nobody is lost", "[sim]") {
    FreshDatabase db;
    kill_everywhere(db, plan(), "kill");
}

TEST_CASE("killed at any write, on a network that answers late: nobody is paid twice, nobody is lost", "[sim]") {
    FreshDatabase db;
    auto slow = plan();
    slow.seed = 5;
    slow.faults = {.lose_answer = 50, .include_late = 50, .drop = 20, .hide = 30};
    kill_everywhere(db, slow, "slow");
}
