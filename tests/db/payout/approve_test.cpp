// How long an approval holds, and at which exchange rates it is given.
#include "lib/payout/approve.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;
using test::problem_code;

namespace {

const std::vector<test::OwedParty> k_two{{"band", 900'00}, {"venue", 100'00}};
constexpr Duration k_a_week = std::chrono::hours{7 * 24};

} // namespace

TEST_CASE("an approval ends: nothing is begun under it, and it may be given again", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    w.clock.advance(k_a_week - std::chrono::seconds{1});
    SECTION("a moment before") { REQUIRE(w.send(batch).paid() == 2); }
    SECTION("then") {
        w.clock.advance(std::chrono::seconds{1});
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.approval_expired");
        REQUIRE(w.value("SELECT state AS value FROM payout_batch WHERE organizer_id = $1") == "approved");
        REQUIRE(w.paid().empty());
        REQUIRE(problem_code([&] { w.approve(batch, "maker"); }) == "payout.own_batch");
        w.approve(batch, "checker");
        REQUIRE(w.send(batch).paid() == 2);
    }
    SECTION("as the policy says") {
        w.execute("ALTER TABLE payout_policy DISABLE TRIGGER ALL");
        w.execute("UPDATE payout_policy SET approval_valid_seconds = 3600");
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.approval_expired");
    }
    w.sweep();
}

TEST_CASE("after the approval ended what may have left is followed, and the rest waits", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    w.rail.set_most_orders(1);
    const auto batch = w.approved();
    auto deaf = w.deaf();
    deaf.set_most_orders(1);
    REQUIRE(w.send(batch, deaf).count(State::unknown) == 1);
    w.clock.advance(k_a_week);
    const auto sent = w.send(batch);
    REQUIRE(sent.halted->code == "payout.approval_expired");
    REQUIRE(sent.halted->kind == Kind::unauthorised);
    REQUIRE(sent.paid() == 1);
    REQUIRE(sent.left() == 1);
    REQUIRE(w.network.payments().size() == 1);
    REQUIRE(problem_code([&] { w.send(batch); }) == "payout.approval_expired");
    w.approve(batch, "checker");
    REQUIRE(w.send(batch).paid() == 2);
    w.clock.advance(k_a_week);
    REQUIRE(w.send(batch).paid() == 2); // nothing is left to be approved
    w.sweep();
}

TEST_CASE("a batch is approved at the exchange rate of the day, and paid at the one approved", "[db][payout]") {
    PayingWorld w{k_two, {"USDC:G", 7}};
    w.network.fund(1'000'000'000);
    w.add_rate(77, 4);
    const auto batch = w.create();
    const auto outdated = [&] {
        return db::transact(w.db.app(), {w.org},
                            [&](db::Transaction& tx) { return count_outdated_rates(tx, w.desk(w.db.app()), batch); });
    };
    REQUIRE(outdated() == 0);
    SECTION("replaced before") {
        w.add_rate(78, 4, "2026-11-20T00:00:00Z");
        REQUIRE(problem_code([&] { w.approve(batch); }) == "payout.rate_outdated");
        REQUIRE(w.value("SELECT state AS value FROM payout_batch WHERE organizer_id = $1") == "awaiting_approval");
    }
    SECTION("replaced after") {
        w.approve(batch);
        w.add_rate(78, 4, "2026-11-20T00:00:00Z");
        REQUIRE(outdated() == 2);
        const auto sent = w.send(batch);
        REQUIRE(sent.paid() == 2);
        REQUIRE(w.paid().at("to-band") == 69'300'000);
        REQUIRE(outdated() == 0);
    }
    w.sweep();
}

TEST_CASE("as many as the policy asks for must agree, each for himself", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto say = [&](const std::string& sql) {
        w.execute("ALTER TABLE payout_policy DISABLE TRIGGER ALL");
        w.execute(sql);
    };
    const auto tier = [&](std::int64_t from, int persons) {
        say(fmt::format("INSERT INTO payout_approval_tier SELECT organizer_id, id, 'KES', {}, {} FROM payout_policy",
                        from, persons));
    };
    const auto state = [&] { return w.value("SELECT state AS value FROM payout_batch WHERE organizer_id = $1"); };
    tier(0, 1);
    tier(1000'00, 2);
    tier(1000'01, 3);
    const auto batch = w.create();
    SECTION("two of this amount") {
        w.approve(batch, "checker");
        REQUIRE(state() == "awaiting_approval");
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.not_approved");
        w.approve(batch, " CHECKER ");
        REQUIRE(state() == "awaiting_approval");
        REQUIRE(problem_code([&] { w.approve(batch, "maker"); }) == "payout.own_batch");
        w.approve(batch, "second");
        REQUIRE(state() == "approved");
        REQUIRE(problem_code([&] { w.approve(batch, "third"); }) == "payout.not_waiting");
        REQUIRE(w.send(batch).paid() == 2);
    }
    SECTION("both within the time that one of them holds") {
        w.approve(batch, "checker");
        w.clock.advance(k_a_week);
        w.approve(batch, "second");
        REQUIRE(state() == "awaiting_approval");
        w.approve(batch, "checker");
        REQUIRE(state() == "approved");
        w.clock.advance(k_a_week);
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.approval_expired");
        w.approve(batch, "third");
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.approval_expired");
        w.approve(batch, "second");
        REQUIRE(w.send(batch).paid() == 2);
    }
    SECTION("of those who are named") {
        say("UPDATE payout_policy SET approvers = '{checker,Second,maker}'");
        REQUIRE(problem_code([&] { w.approve(batch, "third"); }) == "payout.no_approver");
        REQUIRE(problem_code([&] { w.approve(batch, "maker"); }) == "payout.own_batch");
        w.approve(batch, "checker");
        w.approve(batch, "second");
        REQUIRE(w.send(batch).paid() == 2);
    }
    w.sweep();
}
