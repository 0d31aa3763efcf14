// Planning payouts: converted once, limits obeyed, every payee paid, blocked or carried with a reason.
#include "lib/payout/plan.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Amount;
using money::Asset;
using money::Int128;

namespace {

const Asset k_kes{"KES", 2};
const Asset k_usdc{"USDC:GTEST", 7};

Payable owed(std::string name, Int128 minor) {
    return {IdBytes{1}, std::move(name), IdBytes{2}, Amount{minor, k_kes}, "stellar", "GDEMO", std::nullopt, k_usdc};
}

PlanInput input(std::vector<Payable> payables) {
    PlanInput in;
    in.payables = std::move(payables);
    in.policy.name = "demo";
    in.rates = {{IdBytes{9}, money::Exchange::make(k_kes, k_usdc, "0.0077").value()}};
    in.treasury_rail = "stellar";
    in.treasury_asset = k_usdc.id;
    return in;
}

} // namespace

TEST_CASE("what is owed is converted once, never rounded up, and totalled per asset", "[unit]") {
    const auto plan = make_plan(input({owed("b", 100'01), owed("a", 1)})).value();
    REQUIRE(plan.payouts.size() == 2);
    REQUIRE(plan.payouts[0].payable.party_name == "a");
    REQUIRE(plan.payouts[0].amount.number() == "0.0000770");
    REQUIRE(plan.payouts[1].amount.number() == "0.7700770");
    REQUIRE(plan.payouts[1].exchange_rate == IdBytes{9});
    REQUIRE(plan.total.at(k_usdc.id).number() == "0.7701540");
}

TEST_CASE("who cannot be paid is blocked with the reason, and the rest is paid", "[unit]") {
    auto nowhere = owed("nowhere", 5'00);
    nowhere.rail.reset();
    auto phone = owed("phone", 5'00);
    phone.rail = "mpesa";
    auto other = owed("other-asset", 5'00);
    other.payout_asset = Asset{"EUR", 2};
    const auto plan = make_plan(input({nowhere, phone, other, owed("good", 5'00)})).value();
    REQUIRE(plan.payouts.size() == 4);
    for (const auto& p : plan.payouts) {
        CAPTURE(p.payable.party_name, p.reason);
        REQUIRE((p.state == State::ready) == (p.payable.party_name == "good"));
        REQUIRE(p.reason.empty() == (p.state == State::ready));
    }
}

TEST_CASE("without an exchange rate nobody is paid, and the reason says which is missing: payout.no_rate", "[unit]") {
    auto in = input({owed("amina", 5'00)});
    in.rates.clear();
    const auto plan = make_plan(in).value();
    REQUIRE(plan.payouts.front().state == State::blocked);
    REQUIRE(plan.payouts.front().reason == "no exchange rate from KES to USDC:GTEST is in force");
}

TEST_CASE("who may not pay all in one batch is told how to pay in parts, where parts there are", "[unit]") {
    const auto hint_of = [](std::vector<Payable> payables) {
        auto in = input(std::move(payables));
        in.policy.limits[k_usdc.id] = {{}, {}, Amount{1, k_usdc}, {}};
        return make_plan(in).problem().hint;
    };
    REQUIRE(hint_of({owed("amina", 500'00), owed("otieno", 500'00)}).find("--payee NAME") != std::string::npos);
    REQUIRE(hint_of({owed("amina", 500'00)}) == "apply a PayoutPolicy with a higher perBatch");
    auto lines = std::vector{owed("amina", 500'00), owed("otieno", 500'00)};
    for (auto& line : lines) line.is_expense = true;
    REQUIRE(hint_of(lines).find("split the file") == 0);
}

TEST_CASE("little is carried, debts are carried, too much is blocked or refused", "[unit]") {
    auto in = input({owed("little", 1'00), owed("debtor", -5'00), owed("much", 1000'00), owed("even", 0)});
    in.policy.limits[k_usdc.id] = {Amount{100'000, k_usdc}, Amount{50'000'000, k_usdc}, {}, {}};
    const auto plan = make_plan(in).value();
    REQUIRE(plan.carried.size() == 2); // nothing is said of whom nothing is owed
    REQUIRE(plan.payouts.size() == 1);
    REQUIRE(plan.payouts[0].state == State::blocked);
    in.policy.limits[k_usdc.id] = {{}, {}, Amount{1, k_usdc}, {}};
    REQUIRE(make_plan(in).problem().code == "payout.over_batch_limit");
    in.policy.limits[k_usdc.id] = {{}, {}, {}, Amount{80'000'000, k_usdc}};
    in.spent_today.emplace(
        k_usdc.id, DaySpent{Amount{4'000'000, k_usdc}, Amount{6'000'000, k_usdc}, {"bat_x (approved, 0.6)"}, "bat_x"});
    REQUIRE(make_plan(in).problem().code == "payout.over_day_limit");
}

TEST_CASE("what a party owes for one event comes off what it gets for others, once", "[unit]") {
    const auto of_event = [](std::uint8_t event, Int128 minor) {
        auto payable = owed("band", minor);
        payable.event = IdBytes{event};
        return payable;
    };
    auto crew = owed("crew", 50'00);
    crew.party = IdBytes{7};
    const auto plan = make_plan(input({of_event(1, -70'00), of_event(2, 50'00), of_event(3, 100'00), crew})).value();
    REQUIRE(plan.payouts.size() == 2);
    CHECK(plan.payouts[0].payable.event == IdBytes{3});
    CHECK(plan.payouts[0].netted == Amount{20'00, k_kes});
    CHECK(plan.payouts[0].payable.owed == Amount{80'00, k_kes});
    CHECK(plan.payouts[0].amount.number() == "0.6160000"); // of 80.00
    CHECK(plan.payouts[1].netted.is_zero());
    REQUIRE(plan.carried.size() == 2);
    CHECK(plan.carried[0].reason == "owes us: netted from what it gets next");
    CHECK(plan.carried[0].payable.owed == Amount{-50'00, k_kes}); // the other 20 are netted here
    CHECK(plan.carried[1].reason == "set against what it owes us for another event");
    CHECK(plan.carried[1].payable.owed == Amount{50'00, k_kes});
    CHECK(make_plan(input({of_event(1, -70'00), of_event(3, 100'00)})).value().carried.empty());

    auto known = of_event(1, -70'00); // an open batch nets 60 of it
    known.netting = Amount{60'00, k_kes};
    const auto later = make_plan(input({known, of_event(2, 50'00)})).value();
    REQUIRE(later.payouts.size() == 1);
    CHECK(later.payouts[0].netted == Amount{10'00, k_kes});
}

TEST_CASE("a payment that the rail can never make is blocked before anybody approves it", "[unit]") {
    auto in = input({owed("a", 5'00), owed("b", 5'00)});
    in.payables[0].destination = "GNOWHERE";
    in.treasury_account = "GTREASURY";
    in.find_fault = [](std::string_view rail, std::string_view account, const rail::Order& order) {
        CHECK(rail == "stellar");
        CHECK(account == "GTREASURY");
        return std::string{order.destination == "GNOWHERE" ? "no such address" : ""};
    };
    const auto plan = make_plan(in).value();
    REQUIRE(plan.payouts.size() == 2);
    CHECK(plan.payouts[0].reason == "no such address");
    CHECK(plan.payouts[0].state == State::blocked);
    CHECK(plan.payouts[1].state == State::ready);
}
