// Rates and exchange: exact text, named rounding.
#include "lib/base/random.hpp"
#include "lib/money/rate.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::money;

namespace {
const Asset k_kes{"KES", 2};
const Asset k_usdc{"USDC:GTEST", 7};
} // namespace

TEST_CASE("rates read percent and basis points, to a ten-thousandth of a percent", "[unit]") {
    REQUIRE(Rate::parse("12.5%").value().ppm() == 125'000);
    REQUIRE(Rate::parse("12.5 %").value().ppm() == 125'000);
    REQUIRE(Rate::parse("1250 bps").value().text() == "12.5%");
    REQUIRE(Rate::parse("33.3333%").value().text() == "33.3333%");
    REQUIRE(Rate::parse("100%").value().ppm() == k_ppm_whole);
    for (const auto* bad : {"", "%", "12.5", "100.0001%", "-1%", "1e1%", "33.33333%", "10001 bps", ".5%", "5.%"}) {
        CAPTURE(bad);
        REQUIRE(Rate::parse(bad).problem().code == "money.rate");
    }
    REQUIRE(Rate::parse("33.333333333%").problem().message ==
            "'33.333333333%' has more than 4 decimals: a rate is exact to 0.0001 %");
}

TEST_CASE("half-even rounding is symmetric and ties go to the even neighbour", "[unit]") {
    const auto at = [](Int128 minor, std::string_view rate) {
        return apply(Amount{minor, k_kes}, Rate::parse(rate).value(), Rounding::half_even).minor();
    };
    REQUIRE(at(50, "1%") == 0);
    REQUIRE(at(150, "1%") == 2);
    REQUIRE(at(250, "1%") == 2);
    REQUIRE(at(251, "1%") == 3);
    for (Int128 minor = -1000; minor <= 1000; ++minor) REQUIRE(at(minor, "3.3333%") == -at(-minor, "3.3333%"));
}

TEST_CASE("conversion is exact to the named rounding across scales", "[unit]") {
    const auto buys = Exchange::make(k_kes, k_usdc, "0.00773").value();
    REQUIRE(convert(Amount{10'000'00, k_kes}, buys, Rounding::half_even).value().number() == "77.3000000");
    const auto back = Exchange::make(k_usdc, k_kes, "129.35").value();
    REQUIRE(convert(Amount{1, k_usdc}, back, Rounding::floor).value().number() == "0.00");
    REQUIRE(convert(Amount{10'000'000, k_usdc}, back, Rounding::floor).value().number() == "129.35");
    REQUIRE(buys.rate_text() == "0.00773");
    for (const auto* bad : {"0", "", "-1", "1.", "1,5", "0.0000000000001"})
        REQUIRE(Exchange::make(k_kes, k_usdc, bad).problem().code == "money.exchange_rate");
}

TEST_CASE("what a floored conversion cost is never more than was given, and buys the same again", "[unit][prop]") {
    SeededRandom random{20261121};
    for (int round = 0; round < 2000; ++round) {
        const Asset from{"FROM", static_cast<int>(random.below(8))};
        const Asset to{"TO", static_cast<int>(random.below(8))};
        const Exchange rate{from, to, 1 + random.below(2'000'000), static_cast<int>(random.below(7))};
        const Amount given{static_cast<Int128>(random.below(1'000'000'000)), from};
        CAPTURE(round, given.text(), rate.rate_text(), to.scale);
        const auto bought = convert(given, rate, Rounding::floor).value();
        const auto cost = cost_of(bought, rate).value();
        REQUIRE(cost <= given);
        REQUIRE(convert(cost, rate, Rounding::floor).value() == bought);
        if (!cost.is_zero()) REQUIRE(convert(Amount{cost.minor() - 1, from}, rate, Rounding::floor).value() < bought);
    }
}
