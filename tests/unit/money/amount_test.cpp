// Amounts: exact text both ways, checked sums, one asset at a time.
#include "lib/money/amount.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::money;

namespace {
const Asset k_kes{"KES", 2};
const Asset k_xlm{"XLM", 7};
} // namespace

TEST_CASE("an amount survives its text", "[unit]") {
    for (const auto* text : {"0.00", "0.01", "-0.01", "1234.50", "-1234567890123456789012345678.99"})
        REQUIRE(parse_number(text, k_kes).value().number() == text);
    REQUIRE(parse_number("922337203685.4775807", k_xlm).value().minor() == Int128{INT64_MAX});
    REQUIRE(Amount(5, Asset{"JPY", 0}).text() == "5 JPY");
    REQUIRE(Amount(123456789, k_kes).for_people() == "1,234,567.89 KES");
    REQUIRE(Amount(-12345, Asset{"USDC:GTEST", 2}).for_people() == "-123.45 USDC");
}

TEST_CASE("what is not a plain decimal is refused", "[unit]") {
    for (const auto* bad : {"", ".5", "5.", "1,000", "1e3", "+1", "--1", "0x10", " 1", "1 ", "1.2.3", "NaN", "٣"}) {
        CAPTURE(bad);
        REQUIRE(parse_number(bad, k_kes).problem().code == "money.amount");
    }
    REQUIRE(parse_number("1.005", k_kes).problem().code == "money.too_precise");
    REQUIRE(parse_number(std::string(31, '9'), k_kes).problem().code == "money.amount");
}

TEST_CASE("sums are checked and stay within one asset", "[unit]") {
    const auto code_of = [](auto&& f) {
        try {
            f();
        } catch (const Error& error) {
            return error.first().code;
        }
        return std::string{"no error"};
    };
    const Amount most{~(static_cast<Int128>(1) << 127), k_kes};
    REQUIRE(code_of([&] { return most + Amount{1, k_kes}; }) == "money.overflow");
    REQUIRE(code_of([&] { return -most - Amount{2, k_kes}; }) == "money.overflow");
    REQUIRE(code_of([&] { return most + Amount{1, k_xlm}; }) == "money.asset_mixed");
    REQUIRE(code_of([&] { return most < Amount{1, k_xlm}; }) == "money.asset_mixed");
}

TEST_CASE("128-bit integers survive their text to both ends", "[unit]") {
    for (const auto* text :
         {"0", "-1", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728"})
        REQUIRE(to_text(parse_int128(text).value()) == text);
    REQUIRE_FALSE(parse_int128("170141183460469231731687303715884105728"));
    REQUIRE_FALSE(parse_int128("-"));
}

TEST_CASE("a whole number of any size up to 128 bits is read exactly, and nothing else is", "[unit]") {
    for (const auto* good :
         {"0", "-1", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728"})
        REQUIRE(money::to_text(money::parse_int128(good).value()) == good);
    for (const auto* bad : {"", "-", "+1", "1.0", "170141183460469231731687303715884105728", "1e3"}) {
        CAPTURE(bad);
        REQUIRE(money::parse_int128(bad).problem().code == "money.integer");
    }
}
