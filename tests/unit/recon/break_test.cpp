// The words of a break and its ages.
#include "lib/recon/break.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;

TEST_CASE("a break's words are read back", "[unit]") {
    for (const auto type : {BreakType::missing_external, BreakType::bad_reference, BreakType::unknown_outcome})
        REQUIRE(parse_break_type(name(type)).value() == type);
    for (const auto code : {CloseCode::matched, CloseCode::provider_corrected})
        REQUIRE(parse_close_code(name(code)).value() == code);
    REQUIRE(parse_break_type("amount").problem().code == "recon.break_type");
    REQUIRE(parse_close_code("forgotten").problem().code == "recon.close_code");
}

TEST_CASE("ages fall into calendar buckets, each without its upper end", "[unit]") {
    using std::chrono::hours;
    REQUIRE(age_bucket(Duration::zero()) == "0-1h");
    REQUIRE(age_bucket(hours{1} - Duration{1}) == "0-1h");
    REQUIRE(age_bucket(hours{1}) == "1-24h");
    REQUIRE(age_bucket(hours{24}) == "1-3d");
    REQUIRE(age_bucket(hours{72}) == "3-7d");
    REQUIRE(age_bucket(hours{7 * 24}) == "7-30d");
    REQUIRE(age_bucket(hours{30 * 24}) == ">30d");
}
