// What a party owes us comes off what it is paid, once.
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

CreateOrder of(EventId event) { return {event, {}, {}, false, {}}; }

} // namespace

TEST_CASE("commissions and shares of a party are paid together, and what it owes us is netted", "[db][payout]") {
    PayingWorld w{
        {{"band", 100'00, "somewhere", {}, 20'00}, {"crew", 100'00, "somewhere", {}, -30'00}, {"debtor", -5'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    REQUIRE(w.send(batch).paid() == 2);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 120'00}, {"to-crew", 70'00}});
    const auto books = w.balances();
    for (const auto* gone :
         {"party_payable band", "commission_payable band", "party_payable crew", "commission_payable crew"})
        REQUIRE_FALSE(books.contains(gone));
    REQUIRE(books.at("party_payable debtor") == 5'00);
    w.sweep();
}

TEST_CASE("what a party owes for one event is netted from what it gets for another, once", "[db][payout]") {
    PayingWorld w{{{"band", -500'00, "somewhere", {}, 100'00}, {"crew", -50'00}}};
    const auto share = ledger::AccountKind::party_payable;
    const auto second = w.add_event("second");
    const auto third = w.add_event("third");
    w.owe("band", share, 2000'00, second);
    w.network.fund(10'000'00);
    const auto batch = w.create(of(second));
    const auto planned = w.payouts(batch);
    REQUIRE(planned.size() == 1);
    REQUIRE(planned[0].netted.minor() == 400'00); // 500.00 less the commission of the same event
    REQUIRE(planned[0].amount.minor() == 1600'00);
    w.owe("band", share, 300'00, third);
    const auto other = w.create(of(third)); // the debt is spoken for
    REQUIRE(w.payouts(other).at(0).amount.minor() == 300'00);
    for (const auto id : {batch, other}) {
        w.approve(id);
        REQUIRE(w.send(id).paid() == 1);
        w.sweep();
    }
    REQUIRE(w.network.balance() == 10'000'00 - 1900'00);
    const auto books = w.balances();
    REQUIRE(books.at("party_payable crew") == 50'00); // gets nothing, so nothing is netted
    REQUIRE(w.value("SELECT coalesce(sum(o.amount), 0)::text AS value FROM posting o JOIN account a ON a.id = "
                    "o.account_id JOIN party p ON p.id = a.party_id WHERE o.organizer_id = $1 AND p.name = "
                    "'band'") == "0");
    REQUIRE(w.create().is_nil());
}

TEST_CASE("one debt does not hold back what several events owe: their batches pay the net of all", "[db][payout]") {
    PayingWorld w{{{"band", -1500'00}}};
    const auto share = ledger::AccountKind::party_payable;
    const auto second = w.add_event("second");
    const auto third = w.add_event("third");
    w.owe("band", share, 1500'00, second);
    w.owe("band", share, 1000'00, third);
    w.network.fund(10'000'00);
    const auto batch = w.approved(of(second));
    REQUIRE(w.send(batch).paid() == 1);
    REQUIRE(w.paid().at("to-band") == 1000'00);
    REQUIRE(w.create(of(third)).is_nil()); // set against the rest of the debt
    w.owe("band", share, 50'00, third);
    const auto later = w.approved(of(third));
    REQUIRE(w.send(later).paid() == 1);
    REQUIRE(w.network.balance() == 10'000'00 - 1050'00);
    w.sweep();
}

TEST_CASE("a debt that was collected elsewhere meanwhile blocks the payout that was to net it", "[db][payout]") {
    PayingWorld w{{{"band", -500'00}}};
    const auto share = ledger::AccountKind::party_payable;
    const auto second = w.add_event("second");
    w.owe("band", share, 2000'00, second);
    w.network.fund(10'000'00);
    const auto batch = w.approved(of(second));
    w.owe("band", share, 1); // one cent less is owed
    REQUIRE(w.send(batch).count(State::blocked) == 1);
    const auto again = w.approved(of(second));
    REQUIRE(w.send(again).paid() == 1);
    REQUIRE(w.paid().at("to-band") == 1500'01);
    REQUIRE(w.create(of(second)).is_nil());
    w.sweep();
}
