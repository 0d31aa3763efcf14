// kill -9 at every fault point that a payout passes, each time it is passed, then resume until nothing is left. The
// points are written down by a run without faults: a new one is tried without touching this file.
#include "tests/sim/payout_sim.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;

namespace {

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
    int runs = 0;
    while (clean.run_child("", log.path().string()).exit_code != 0) REQUIRE(++runs < 40);
    clean.require_truth();
    return read_passed_points(log.path());
}

void kill_everywhere(FreshDatabase& db, const SimPlan& plan, const std::string& name,
                     const std::set<std::string>& must) {
    const auto points = enumerate(db, plan, name);
    std::set<std::string> names;
    int number = 0;
    for (const auto& passed : points) {
        names.insert(passed.point);
        CAPTURE(passed.point, passed.nth);
        PayoutSim sim{db, fmt::format("{}-{}", name, ++number), plan};
        bool died = false;
        for (int run = 0; run < 20 && !died; ++run) {
            const auto end = sim.run_child(passed.kill());
            died = end.killed;
            if (end.exit_code == 0) break;
        }
        REQUIRE(died);
        sim.run_to_end();
        sim.require_truth();
    }
    for (const auto& point : must) {
        CAPTURE(point);
        REQUIRE(names.contains(point));
    }
}

// The book is written before the bytes leave, and after they did.
const std::set<std::string> k_paid{"sim.create.before",
                                   "sim.create.after",
                                   "sim.approve.before",
                                   "sim.approve.after",
                                   "lease.take.before",
                                   "payout.reserve.after",
                                   "payout.attempt.after",
                                   "rail.ask.before",
                                   "rail.ask.after",
                                   "payout.outcome.confirmed.before",
                                   "payout.outcome.failed.after",
                                   "payout.drain.before"};

} // namespace

TEST_CASE("killed at any write, on a good network: nobody is paid twice, nobody is lost", "[sim]") {
    FreshDatabase db;
    kill_everywhere(db, plan(), "kill", k_paid);
}

TEST_CASE("killed at any write, on a network that answers late: nobody is paid twice, nobody is lost", "[sim]") {
    FreshDatabase db;
    auto slow = plan();
    slow.seed = 5;
    slow.faults = {.lose_answer = 50, .include_late = 50, .drop = 20, .hide = 30};
    kill_everywhere(db, slow, "slow", k_paid);
}

TEST_CASE("killed at any write on the way to a cancelled batch: nobody is paid, everybody is owed", "[sim]") {
    FreshDatabase db;
    auto given_up = plan();
    given_up.seed = 9;
    given_up.shut = {};
    given_up.faults = {.bad_sequence = 100};
    given_up.cancelled = true;
    kill_everywhere(
        db, given_up, "cancel",
        {"payout.reserve.after", "payout.outcome.absent.after", "payout.cancel.before", "payout.cancel.after"});
}

TEST_CASE("two living senders on one treasury: one waits or comes again, and everybody is paid once", "[sim]") {
    FreshDatabase db;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        auto both = plan();
        both.seed = seed;
        both.expenses = {10'00, 7, 55'55};
        if (seed > 2) both.faults = {.lose_answer = 40, .include_late = 40, .hide = 20};
        PayoutSim sim{db, fmt::format("both-{}", seed), both};
        sim.run_both_to_end();
        sim.require_truth();
    }
}
