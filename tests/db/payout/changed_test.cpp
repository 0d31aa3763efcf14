// What changed after a batch was made: less is owed, or the money is wanted elsewhere.
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

TEST_CASE("a payable that shrank after the batch was made is blocked, the rest is paid", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.owe("band", ledger::AccountKind::party_payable, -1);
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    w.sweep();
}

TEST_CASE("a party that moved its account after the batch was made is not paid at the old one", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.move_party("band", "to-elsewhere");
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    const auto again = w.approved(); // still owed: the next batch goes to the new account
    REQUIRE(w.send(again).paid() == 1);
    REQUIRE(w.paid().at("to-elsewhere") == 100'00);
    w.sweep();
}

TEST_CASE("money that was set aside for an address that was given up is owed again", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    REQUIRE(w.reserve(batch).left() == 2); // reserved, and nothing left
    w.move_party("band", "to-elsewhere");
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::failed) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    REQUIRE(w.balances().at("party_payable band") == -100'00);
    w.sweep();
}
