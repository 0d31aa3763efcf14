// Ed25519: RFC 8032 section 7.1 vectors, and refusals.
#include "lib/crypto/ed25519.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;

namespace {

struct Vector {
    std::string_view seed, key, message, signature;
};
const Vector k_rfc8032[] = {{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                             "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
                             "cf9b46bd25bf5f0595bbe2465"
                             "5141438e7a100b"},
                            {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                             "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
                             "0f11d8c387b2eaeb4302aeeb0"
                             "0d291612bb0c00"},
                            {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                             "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                             "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
                             "84dc6594a7c15e9716ed28dc0"
                             "27beceea1ec40a"}};

crypto::KeyPair key_from(std::string_view hex) {
    auto seed = parse_hex(hex).value();
    return crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw();
}

} // namespace

TEST_CASE("ed25519 agrees with RFC 8032", "[unit]") {
    for (const auto& vector : k_rfc8032) {
        const auto pair = key_from(vector.seed);
        const auto message = parse_hex(vector.message).value();
        const auto signature = pair.sign(message);
        REQUIRE(to_hex(pair.public_key()) == vector.key);
        REQUIRE(to_hex(signature) == vector.signature);
        REQUIRE(crypto::verify(pair.public_key(), message, signature));
        REQUIRE(to_hex(pair.seed().reveal()) == vector.seed);
    }
}

TEST_CASE("any changed bit of a signature is refused", "[unit]") {
    const auto pair = key_from(k_rfc8032[1].seed);
    const auto message = parse_hex("72").value();
    const auto good = pair.sign(message);
    for (std::size_t bit = 0; bit < 512; ++bit) {
        auto bad = good;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1U << (bit % 8)));
        REQUIRE_FALSE(crypto::verify(pair.public_key(), message, bad));
    }
    REQUIRE_FALSE(crypto::verify(pair.public_key(), parse_hex("73").value(), good));
    REQUIRE_FALSE(crypto::verify(crypto::PublicKey{}, message, good)); // a point of small order
}

TEST_CASE("a seed has 32 bytes", "[unit]") {
    REQUIRE(crypto::KeyPair::from_seed(Secret{31}).problem().code == "crypto.seed");
    SeededRandom random{7};
    REQUIRE(crypto::KeyPair::generate(random).public_key() != crypto::KeyPair::generate(random).public_key());
}
