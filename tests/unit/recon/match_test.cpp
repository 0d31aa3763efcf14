// The matching alone.
#include "lib/recon/match.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;

TEST_CASE("a reference is a key and the number of an order", "[unit]") {
    REQUIRE(parse_reference("ab12:7").key == "ab12");
    REQUIRE(parse_reference("ab12:7").index == 7U);
    REQUIRE_FALSE(parse_reference("ab12:fee").index.has_value());
    REQUIRE(parse_reference("ab12:fee").key == "ab12");
    REQUIRE(parse_reference("ab12").key == "ab12");
    REQUIRE_FALSE(parse_reference("ab12:7x").index.has_value());
    REQUIRE_FALSE(parse_reference("ab12:-1").index.has_value());
    REQUIRE_FALSE(parse_reference("ab12:99999999999999999999999").index.has_value());
    REQUIRE(parse_reference("ab12:0:USDC:G").key == "ab12");
    REQUIRE_FALSE(parse_reference("ab12:0:USDC:G").index.has_value());
    REQUIRE(parse_reference("").key.empty());
}
