// Two assets of one code are told apart wherever a page names them.
#include "lib/report/asset_name.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {
const money::Asset k_kes{"KES", 2}, k_right{"USDC:GCAFM73N444TKAWDZLLQC6HLRU75YDFWJFHBTNXLKAW4EYIJQKA43SF3", 7},
    k_false{"USDC:GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", 7};
} // namespace

TEST_CASE("a code stands with its issuer, a currency alone", "[report]") {
    CHECK(report::asset_name(k_kes) == "KES");
    CHECK(report::asset_name(k_right) == "USDC of GCAFM7…A43SF3");
    CHECK(report::asset_name(k_false) == "USDC of GAAZI4…OCCWN7");
    CHECK(report::issuer_note({1, k_kes}).empty());
    CHECK(report::issuer_note({1, k_right}) == "of GCAFM7…A43SF3");
}

TEST_CASE("a name is cut only where that saves room and harms no letter", "[report]") {
    CHECK(report::shortened("254700000001") == "254700000001");
    CHECK(report::shortened("12345678901234567890") == "12345678901234567890");
    CHECK(report::shortened("123456789012345678901") == "123456…678901");
    CHECK(report::shortened("ñandú ñandú ñandú ñandú") == "ñandú ñandú ñandú ñandú");
}

TEST_CASE("account ids within a sentence are shortened, and nothing else", "[unit]") {
    const std::string account = "GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6";
    CHECK(report::with_short_issuers("the account has no trustline for USDC:" + account) ==
          "the account has no trustline for USDC:GDRXE2…SUJUJ6");
    CHECK(report::with_short_issuers(account + ", and " + account) == "GDRXE2…SUJUJ6, and GDRXE2…SUJUJ6");
    CHECK(report::with_short_issuers("X" + account + " stays") == "X" + account + " stays");
    CHECK(report::with_short_issuers("é 2026-10-05 ABC") == "é 2026-10-05 ABC");
    CHECK(report::with_short_issuers("").empty());
}
