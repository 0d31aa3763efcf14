// The settlement law: parts add up to the gross for every plan and amount; commissions are cumulative and capped.
#include "lib/split/due.hpp"
#include "tests/support/property.hpp"

using namespace passa;
using namespace passa::split;
using namespace passa::test;
using money::Amount;
using money::Int128;

namespace {

const money::Asset k_kes{"KES", 2};
Amount kes(Int128 minor) { return {minor, k_kes}; }
IdBytes id(std::uint8_t n) { return IdBytes{n}; }
PartyId party(std::uint8_t n) { return PartyId{id(n)}; }

Intake sale(std::uint8_t plan, Int128 gross, Int128 tax = 0, Int128 fees = 0) {
    return {id(plan), std::nullopt, std::nullopt, kes(gross), kes(tax), kes(fees), kes(0), kes(gross - tax - fees)};
}

Amount due_of(const DueToDate& result, PartyId who) {
    Amount sum = kes(0);
    for (const auto& due : result.dues)
        if (due.party == who) sum += due.amount;
    return sum;
}

// Up to seven parties whose shares add up to the whole; its id is given by whoever numbers the plans.
rc::Gen<PlanVersion> any_plan() {
    return rc::gen::exec([] {
        PlanVersion plan{id(0), *rc::gen::element(Basis::net, Basis::gross), party(1), {}, {}};
        if (*rc::gen::arbitrary<bool>()) plan.commission_from = party(static_cast<std::uint8_t>(1 + *up_to(8)));
        std::uint32_t left = money::k_ppm_whole;
        for (auto n = 1 + *up_to(6); n > 0; --n) {
            const auto ppm = n == 1 ? left : static_cast<std::uint32_t>(*up_to(left));
            plan.shares.push_back({party(static_cast<std::uint8_t>(n)), ppm});
            left -= ppm;
        }
        return plan;
    });
}

// Sales and refunds, some of them brought by a creator.
rc::Gen<Intake> any_intake(std::size_t plans, const creator::Terms& terms) {
    return rc::gen::exec([plans, terms] {
        const Int128 gross = *rc::gen::inRange<std::int64_t>(-100'000, 10'000'000);
        auto in = sale(static_cast<std::uint8_t>(1 + *up_to(plans - 1)), gross, gross / 7, *rc::gen::inRange(0, 1000));
        if (*rc::gen::arbitrary<bool>()) {
            in.campaign_version = terms.id;
            in.creator = party(static_cast<std::uint8_t>(20 + *up_to(9)));
        }
        return in;
    });
}

} // namespace

TEST_CASE("net basis: shares of what is left after tax and fees", "[unit]") {
    const PlanVersion plan{id(1), Basis::net, {}, {}, {{party(1), 333'300}, {party(2), 333'300}, {party(3), 333'400}}};
    const auto result = due_to_date({plan}, {}, {sale(1, 100'00, 16'00, 4'00)});
    REQUIRE(due_of(result, party(1)) == kes(26'67)); // the odd unit: largest remainder, tie to the earlier
    REQUIRE(due_of(result, party(2)) == kes(26'66));
    REQUIRE(due_of(result, party(3)) == kes(26'67));
    const auto& parts = result.pools.front().parts;
    REQUIRE(parts.size() == 3);
    REQUIRE(parts[0].extra_unit); // 26.664, 26.664, 26.672: 79.99 is given out, one cent is left
    REQUIRE_FALSE(parts[1].extra_unit);
    REQUIRE_FALSE(parts[2].extra_unit);
}

TEST_CASE("gross basis: the named party bears the fees", "[unit]") {
    const PlanVersion plan{id(1), Basis::gross, party(2), {}, {{party(1), 700'000}, {party(2), 300'000}}};
    const auto result = due_to_date({plan}, {}, {sale(1, 100'00, 0, 5'00)});
    REQUIRE(due_of(result, party(1)) == kes(70'00));
    REQUIRE(due_of(result, party(2)) == kes(25'00));
}

TEST_CASE("commission comes off the top, or from the named party", "[unit]") {
    const creator::Terms terms{id(50), id(60), 1, money::Rate::parse("10%").value(), {}};
    auto intake = sale(1, 100'00);
    intake.campaign_version = terms.id;
    intake.creator = party(9);
    PlanVersion plan{id(1), Basis::net, {}, {}, {{party(1), 500'000}, {party(2), 500'000}}};
    const auto top = due_to_date({plan}, {terms}, {intake});
    REQUIRE(due_of(top, party(9)) == kes(10'00));
    REQUIRE(due_of(top, party(1)) == kes(45'00));
    plan.commission_from = party(2);
    const auto named = due_to_date({plan}, {terms}, {intake});
    REQUIRE(due_of(named, party(1)) == kes(50'00));
    REQUIRE(due_of(named, party(2)) == kes(40'00));
}

TEST_CASE("a cap holds per creator over all versions of the campaign, and what it cuts stays with the split",
          "[unit]") {
    const auto rate = money::Rate::parse("10%").value();
    const creator::Terms first{id(50), id(60), 1, rate, kes(12'00)};
    const creator::Terms second{id(51), id(60), 2, rate, kes(12'00)};
    auto a = sale(1, 100'00);
    a.campaign_version = first.id;
    a.creator = party(9);
    auto b = a;
    b.campaign_version = second.id;
    const PlanVersion plan{id(1), Basis::net, {}, {}, {{party(1), 1'000'000}}};
    const auto result = due_to_date({plan}, {first, second}, {a, b});
    REQUIRE(due_of(result, party(9)) == kes(12'00));
    REQUIRE(due_of(result, party(1)) == kes(188'00));
}

TEST_CASE("commission is worked out on what is eligible, and shares bear the fees that a gateway keeps", "[unit]") {
    const creator::Terms terms{id(50), id(60), 1, money::Rate::parse("10%").value(), {}};
    auto undone = sale(1, 0, 0, 5'00); // a sale of 100.00 and its refund: the fee stayed with the gateway
    undone.campaign_version = terms.id;
    undone.creator = party(9);
    undone.eligible = kes(0);
    const PlanVersion plan{id(1), Basis::net, {}, {}, {{party(1), 1'000'000}}};
    const auto result = due_to_date({plan}, {terms}, {undone});
    REQUIRE(due_of(result, party(9)) == kes(0));
    REQUIRE(due_of(result, party(1)) == kes(-5'00));
}

TEST_CASE("clawback in steps gives what one clawback gives", "[unit]") {
    const creator::Terms terms{id(50), id(60), 1, money::Rate::parse("33%").value(), {}};
    const auto commission_on = [&](Int128 eligible) {
        return creator::commissions_due({terms}, {{terms.id, party(9), kes(eligible)}}).front().due.minor();
    };
    REQUIRE(commission_on(997) == 329);
    REQUIRE(commission_on(0) == 0);
    Int128 clawed = 0;
    Int128 before = 997;
    for (const Int128 left : {665, 332, 0}) {
        clawed += commission_on(left) - commission_on(before);
        before = left;
    }
    REQUIRE(clawed == -329);
}

TEST_CASE("whatever the plan and the amounts, the parts add up to the gross", "[unit][prop]") {
    holds_for_all([] {
        const auto plans =
            *rc::gen::nonEmpty(rc::gen::resize(3, rc::gen::container<std::vector<PlanVersion>>(any_plan())));
        const creator::Terms terms{
            id(50), id(60), 1, money::Rate::from_ppm(static_cast<std::uint32_t>(*up_to(1'000'000))), {}};
        auto numbered = plans;
        for (std::size_t n = 0; n < numbered.size(); ++n) numbered[n].id = id(static_cast<std::uint8_t>(n + 1));
        const auto intakes = *rc::gen::container<std::vector<Intake>>(any_intake(numbered.size(), terms));

        const auto result = due_to_date(numbered, {terms}, intakes); // proves each pool by itself
        Amount parts = kes(0);
        Amount gross = kes(0);
        for (const auto& in : intakes) gross += in.gross, parts += in.tax + in.fee_platform + in.fee_payment;
        for (const auto& due : result.dues) parts += due.amount;
        RC_ASSERT(parts == gross);

        auto reversed = intakes;
        std::reverse(reversed.begin(), reversed.end());
        const auto again = due_to_date(numbered, {terms}, reversed);
        for (std::uint8_t n = 1; n < 40; ++n) RC_ASSERT(due_of(again, party(n)) == due_of(result, party(n)));
    });
}

TEST_CASE("a sale that names a version nobody knows stops the settlement", "[unit]") {
    const auto code_of = [](const std::vector<PlanVersion>& plans, const Intake& intake) {
        try {
            due_to_date(plans, {}, {intake});
        } catch (const Error& error) {
            return error.first().code;
        }
        return std::string{"no error"};
    };
    const PlanVersion plan{id(1), Basis::net, std::nullopt, std::nullopt, {{party(1), money::k_ppm_whole}}};
    REQUIRE(code_of({plan}, sale(2, 100'00)) == "split.unknown_plan");
    auto credited = sale(1, 100'00);
    credited.campaign_version = id(7);
    credited.creator = party(2);
    REQUIRE(code_of({plan}, credited) == "creator.unknown_campaign");
}
