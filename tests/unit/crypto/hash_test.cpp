// SHA-256: the FIPS 180-4 example messages, in one piece and in many.
#include "lib/crypto/hash.hpp"

#include <catch2/catch.hpp>

using namespace passa;

TEST_CASE("sha256 agrees with FIPS 180-4", "[unit]") {
    const std::pair<std::string, std::string_view> vectors[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
    for (const auto& [message, expected] : vectors) REQUIRE(to_hex(crypto::sha256(as_bytes(message))) == expected);
}

TEST_CASE("sha256 in pieces equals sha256 at once, also the second time", "[unit]") {
    const std::string message(1000, 'x');
    crypto::Sha256 hasher;
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < message.size(); i += 37) hasher.update(as_bytes(message.substr(i, 37)));
        REQUIRE(hasher.finish() == crypto::sha256(as_bytes(message)));
    }
}
