// Amounts as exports write them: exact, or refused with the reason.
#include "lib/sale/decimal.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::sale;

namespace {

const std::map<std::string, std::string> k_signs{{"KSh", "KES"}, {"$", "USD"}, {"€", "EUR"}};

std::string read(std::string_view text, char decimal = '.', std::optional<char> thousands = std::nullopt,
                 bool brackets = false) {
    const auto d = read_decimal(text, {decimal, thousands, brackets, &k_signs, "KES", 2});
    return d.bad_code != nullptr ? d.bad_code : money::to_text(d.minor);
}

} // namespace

TEST_CASE("decimals become minor units exactly", "[unit][sale]") {
    REQUIRE(read("1500.00") == "150000");
    REQUIRE(read("1500.5") == "150050");
    REQUIRE(read("1500") == "150000");
    REQUIRE(read(" 0.07 ") == "7");
    REQUIRE(read(".5") == "50");
    REQUIRE(read("5.") == "500");
    REQUIRE(read("-15.00") == "-1500");
    REQUIRE(read("+15.00") == "1500");
    REQUIRE(read("1500.000") == "150000"); // more decimals than the currency has, but nothing in them
    REQUIRE(read("00099999999999999999999.99") == "9999999999999999999999"); // lib/money/bound.hpp
}

TEST_CASE("thousands, decimal commas, brackets and currencies are read when the profile says so", "[unit][sale]") {
    REQUIRE(read("1,500.00", '.', ',') == "150000");
    REQUIRE(read("12,345,678.90", '.', ',') == "1234567890");
    REQUIRE(read("1.500,00", ',', '.') == "150000");
    REQUIRE(read("1 500,00", ',', ' ') == "150000");
    REQUIRE(read("(15.00)", '.', ',', true) == "-1500");
    REQUIRE(read("(KSh1,500.00)", '.', ',', true) == "-150000");
    REQUIRE(read("-KSh 15.00") == "-1500");
    REQUIRE(read("KSh15.00") == "1500");
    REQUIRE(read("15.00 KES") == "1500");
    REQUIRE(read("15.00\xC2\xA0KES") == "1500");
}

TEST_CASE("what could mean something else is refused", "[unit][sale]") {
    REQUIRE(read("1,500.00") == "sale.amount");       // no thousands sign in this profile
    REQUIRE(read("1,50", '.', ',') == "sale.amount"); // a decimal comma read as thousands
    REQUIRE(read("1,5000.00", '.', ',') == "sale.amount");
    REQUIRE(read(",500.00", '.', ',') == "sale.amount");
    REQUIRE(read("1500,00") == "sale.amount");
    REQUIRE(read("(15.00)") == "sale.amount"); // brackets are not negatives in this profile
    REQUIRE(read("$15.00") == "sale.currency");
    REQUIRE(read("15.00 USD") == "sale.currency");
    REQUIRE(read("₿15.00") == "sale.amount");
    REQUIRE(read("1e3") == "sale.amount");
    REQUIRE(read("NaN") == "sale.amount");
    REQUIRE(read("") == "sale.amount");
    REQUIRE(read(".") == "sale.amount");
    REQUIRE(read("-") == "sale.amount");
    REQUIRE(read("--1") == "sale.amount");
    REQUIRE(read("15.005") == "sale.amount_too_precise");
    REQUIRE(read("1.5.0") == "sale.amount");
    REQUIRE(read("100000000000000000000.00") == "sale.amount"); // lib/money/bound.hpp
    REQUIRE(read(std::string(40, '9')) == "sale.amount");
}

TEST_CASE("minor units are whole numbers", "[unit][sale]") {
    const auto minor = [](std::string_view text) {
        return read_decimal(text, {'\0', std::nullopt, false, &k_signs, "KES", 0});
    };
    REQUIRE(minor("150000").minor == 150'000);
    REQUIRE(minor("-1").minor == -1);
    REQUIRE(minor("1500.00").bad_code != nullptr);
}
