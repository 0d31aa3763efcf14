// Which sequence number a rail is asked to take again: that of an attempt that came to nothing and used none.
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using test::PayingWorld;

namespace {

using Number = std::optional<std::int64_t>;

// Remembers what it was asked to take again; refuses every sending when told to.
class NumberRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    void get_ready(const rail::Numbers& known) override {
        given.push_back(known.dead);
        used.push_back(known.used);
        RailInFront::get_ready(known);
    }
    rail::Outcome send(const rail::Attempt& attempt) override {
        if (!refuses) return RailInFront::send(attempt);
        rail::Outcome refused;
        refused.reason = "refused: not signed by whom it should be";
        refused.evidence = rail::Evidence{"refused", attempt.key, Bytes{1}, "{}", attempt.valid_until};
        refused.ask_again = std::chrono::seconds{5};
        return refused;
    }
    std::vector<Number> given;
    std::vector<std::int64_t> used;
    bool refuses = false;
};

std::string numbers(PayingWorld& w) {
    return w.value(
        "SELECT string_agg(sequence || ' ' || state, ', ' ORDER BY made_at, id) AS value FROM payout_attempt "
        "WHERE organizer_id = $1");
}

} // namespace

TEST_CASE("the number of an attempt that was never included is taken again", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    test::FakeRail forgetful{w.network, w.clock, 7, {.drop = 100}};
    NumberRail rail{forgetful};
    REQUIRE(w.send(batch, rail).halted->code == "payout.no_progress");
    REQUIRE(rail.given == std::vector<Number>{{}, 2, 2});
    NumberRail honest{w.rail};
    REQUIRE(w.send(batch, honest).paid() == 1);
    REQUIRE(honest.given == std::vector<Number>{2});
    REQUIRE(numbers(w) == "2 dead, 2 dead, 2 dead, 2 confirmed");

    w.owe("band", ledger::AccountKind::party_payable, 50'00); // of another batch: all is known to be used
    REQUIRE(w.send(w.approved(), honest).paid() == 1);
    REQUIRE(honest.given == std::vector<Number>{2, {}});
    REQUIRE(honest.used == std::vector<std::int64_t>{0, 2}); // a server that lags is not believed
    w.sweep();
}

TEST_CASE("an attempt that failed in a ledger used its number", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    w.network.close_destination("to-band");
    NumberRail rail{w.rail};
    const auto sent = w.send(w.approved(), rail);
    REQUIRE(sent.count(State::failed) == 1);
    REQUIRE(sent.paid() == 1);
    REQUIRE(rail.given == std::vector<Number>{{}, {}});
    REQUIRE(numbers(w) == "2 dead, 3 confirmed");
}

TEST_CASE("what was refused is waited for until its end, and no other attempt is made before the reason is mended",
          "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    NumberRail rail{w.rail};
    rail.refuses = true;
    const auto sent = w.send(batch, rail);
    REQUIRE(sent.halted->code == "payout.refused");
    REQUIRE(sent.halted->message.find("not signed by whom it should be") != std::string::npos);
    REQUIRE((sent.left() == 1 && sent.open() == 0));
    REQUIRE(rail.given.size() == 1);
    rail.refuses = false;
    REQUIRE(w.send(batch, rail).paid() == 1);
    REQUIRE(rail.given == std::vector<Number>{{}, 2});
    REQUIRE(w.network.payments().size() == 1);
    w.sweep();
}
