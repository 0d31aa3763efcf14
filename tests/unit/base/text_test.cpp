// Text laws: UTF-8, terminals, nearest names.
#include "lib/base/text.hpp"
#include "lib/base/time.hpp"

#include <catch2/catch.hpp>

using namespace passa;

TEST_CASE("UTF-8 refuses overlong forms, surrogates and cut sequences", "[unit]") {
    REQUIRE(is_utf8("Nairobi – Café 🎟"));
    for (const auto* bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF"})
        REQUIRE_FALSE(is_utf8(bad));
}

TEST_CASE("what a terminal sees holds no control or direction characters", "[unit]") {
    REQUIRE(printable("a\x1b[31mb\n") == "a\\x1b[31mb\\x0a");
    REQUIRE(printable("\u202Egnp") == "\\xe2\\x80\\xaegnp");
    REQUIRE(printable("\xFFok") == "\\xffok");
    REQUIRE(printable("Wanjikũ") == "Wanjikũ");
    REQUIRE(printable("abcdef", 3) == "abc…");
}

TEST_CASE("nearest names are few, close and sorted by distance", "[unit]") {
    const std::vector<std::string> known{"settle", "settlement", "split", "sale", "event"};
    REQUIRE(nearest_names("setle", known).front() == "settle");
    REQUIRE(nearest_names("evnet", known) == std::vector<std::string>{"event"});
    REQUIRE(nearest_names("zzzzzz", known).empty());
}

TEST_CASE("display width counts columns, not bytes", "[unit]") {
    REQUIRE(display_width("abc") == 3);
    REQUIRE(display_width("e\u0301") == 1);
    REQUIRE(display_width("東京") == 4);
}

TEST_CASE("a secret seed in the wrong place is not shown, not even the part that would fit") {
    const std::string seed = "SBU2RRGLXH3E5CQHTD3ODLDF2BWDCYUSSBLLZ5GNW7JXHDIYKXZWHOKR";
    REQUIRE(printable("there is no key " + seed) == "there is no key S***");
    REQUIRE(printable(seed, 40) == "S***");
    REQUIRE(parse_duration(seed).problem().message == "'S***' is not a duration");
}
