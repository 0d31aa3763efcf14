// The settlement law: parts add up to the gross for every plan and amount; commissions are cumulative and capped.
#include "lib/base/random.hpp"
#include "lib/split/due.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::split;
using money::Amount;
using money::Int128;

namespace {

const money::Asset k_kes{"KES", 2};
Amount kes(Int128 minor) { return {minor, k_kes}; }
IdBytes id(std::uint8_t n) { return IdBytes{n}; }
PartyId party(std::uint8_t n) { return PartyId{id(n)}; }

Intake sale(std::uint8_t plan, Int128 gross, Int128 tax = 0, Int128 fees = 0) {
    return {id(plan), std::nullopt, std::nullopt, kes(gross), kes(tax), kes(fees), kes(0)};
}

Amount due_of(const DueToDate& result, PartyId who) {
    Amount sum = kes(0);
    for (const auto& due : result.dues)
        if (due.party == who) sum += due.amount;
    return sum;
}

} // namespace

TEST_CASE("net basis: shares of what is left after tax and fees", "[unit]") {
    const PlanVersion plan{id(1), Basis::net, {}, {}, {{party(1), 333'300}, {party(2), 333'300}, {party(3), 333'400}}};
    const auto result = due_to_date({plan}, {}, {sale(1, 100'00, 16'00, 4'00)});
    REQUIRE(due_of(result, party(1)) == kes(26'67)); // the odd unit: largest remainder, tie to the earlier
    REQUIRE(due_of(result, party(2)) == kes(26'66));
    REQUIRE(due_of(result, party(3)) == kes(26'67));
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
    const std::uint64_t seed = 20261121;
    SeededRandom random{seed};
    for (int round = 0; round < 3000; ++round) {
        CAPTURE(seed, round);
        std::vector<PlanVersion> plans;
        for (std::uint8_t p = 1; p <= 1 + random.below(3); ++p) {
            PlanVersion plan{id(p), random.below(2) == 0 ? Basis::net : Basis::gross, party(1), {}, {}};
            if (random.below(3) == 0) plan.commission_from = party(static_cast<std::uint8_t>(1 + random.below(9)));
            std::uint32_t left = money::k_ppm_whole;
            const auto parties = 1 + random.below(7);
            for (std::uint8_t n = 1; n <= parties; ++n) {
                const auto ppm = n == parties ? left : static_cast<std::uint32_t>(random.below(left + 1));
                plan.shares.push_back({party(n), ppm});
                left -= ppm;
            }
            plans.push_back(plan);
        }
        const creator::Terms terms{
            id(50), id(60), 1, money::Rate::from_ppm(static_cast<std::uint32_t>(random.below(1'000'001))), {}};
        std::vector<Intake> intakes;
        for (std::uint64_t n = 0; n < 1 + random.below(8); ++n) {
            const auto gross = static_cast<Int128>(random.below(10'000'000)) - 100'000;
            auto in = sale(plans[random.below(plans.size())].id[0], gross, gross / 7,
                           static_cast<Int128>(random.below(1000)));
            if (random.below(2) == 0)
                in.campaign_version = terms.id, in.creator = party(static_cast<std::uint8_t>(20 + n));
            intakes.push_back(in);
        }
        const auto result = due_to_date(plans, {terms}, intakes); // proves each pool by itself
        Amount parts = kes(0);
        Amount gross = kes(0);
        for (const auto& in : intakes) gross += in.gross, parts += in.tax + in.fee_platform + in.fee_payment;
        for (const auto& due : result.dues) parts += due.amount;
        REQUIRE(parts == gross);
        auto shuffled = intakes;
        std::reverse(shuffled.begin(), shuffled.end());
        const auto again = due_to_date(plans, {terms}, shuffled);
        for (std::uint8_t n = 1; n < 40; ++n) REQUIRE(due_of(again, party(n)) == due_of(result, party(n)));
    }
}
