// Hex and base64: RFC 4648 section 10 vectors, and strictness.
#include "lib/base/bytes.hpp"

#include <catch2/catch.hpp>

using namespace passa;

TEST_CASE("base64 agrees with RFC 4648", "[unit]") {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        CAPTURE(plain);
        REQUIRE(to_base64(as_bytes(plain)) == encoded);
        const auto back = parse_base64(encoded).value();
        REQUIRE(std::string(back.begin(), back.end()) == plain);
    }
}

TEST_CASE("base64 refuses what would not encode back to itself", "[unit]") {
    for (const auto* bad : {"Zg=", "Zg", "Zh==", "Zm9=", "Zm 8", "=m8=", "Zm8=Zm8=", "Z===", "Zm-_"}) {
        CAPTURE(bad);
        REQUIRE_FALSE(parse_base64(bad));
    }
}

TEST_CASE("hex takes either case and whole bytes only", "[unit]") {
    REQUIRE(to_hex(parse_hex("00fFA0").value()) == "00ffa0");
    REQUIRE(parse_hex("0").problem().code == "bytes.hex");
    REQUIRE(parse_hex("zz").problem().code == "bytes.hex");
    REQUIRE(parse_hex_fixed<32>("00").problem().code == "bytes.length");
}

TEST_CASE("base64 that would not encode back to itself is refused", "[unit]") {
    for (const auto* bad : {"A", "AA=A", "AB==", "A A=", "AAA", "-_8="}) {
        CAPTURE(bad);
        REQUIRE(parse_base64(bad).problem().code == "bytes.base64");
    }
}
