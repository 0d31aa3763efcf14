// The published test cases of SEP-5, and what is no mnemonic.
#include "lib/base/bytes.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/crypto/mnemonic.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/strkey.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

using namespace passa;

namespace {

Secret secret_of(std::string text) { return Secret::take(text); }

std::string hex_of(const Secret& secret) { return to_hex(secret.reveal()); }

std::string said_of(const std::string& words, const std::string& passphrase = "") {
    const auto seed = crypto::seed_of_mnemonic(secret_of(words), secret_of(passphrase));
    return seed ? "" : seed.problem().code + ": " + seed.problem().message;
}

constexpr const char* k_words = "illness spike retreat truth genius clock brain pass fit cave bargain toe";

} // namespace

TEST_CASE("the test cases of SEP-5 hold", "[unit]") {
    std::ifstream file{PASSA_FIXTURES "/vectors/sep5.json"};
    const auto tests = nlohmann::json::parse(file)["tests"];
    REQUIRE(tests.size() == 5);
    std::size_t keys = 0;
    for (const auto& test : tests) {
        const auto seed =
            crypto::seed_of_mnemonic(secret_of(test["mnemonic"]), secret_of(test["passphrase"])).value_or_throw();
        CHECK(hex_of(seed) == test["bip39_seed"].get<std::string>());
        const std::uint32_t purpose[] = {44, 148};
        CHECK(hex_of(crypto::derive_key(seed, purpose)) == test["purpose_key"].get<std::string>());
        for (std::uint32_t index = 0; index < test["accounts"].size(); ++index, ++keys) {
            const auto key = crypto::stellar_key(seed, index);
            const auto signer = stellar::SeedSigner::from_seed(key).value_or_throw();
            CHECK(stellar::format_account(signer.public_key()) ==
                  test["accounts"][index]["account"].get<std::string>());
            const auto published =
                stellar::parse_seed(test["accounts"][index]["seed"].get<std::string>()).value_or_throw();
            CHECK(published.equals(key));
        }
    }
    CHECK(keys == 50);
}

TEST_CASE("words may be written loosely", "[unit]") {
    const auto seed = crypto::seed_of_mnemonic(secret_of(k_words), {}).value_or_throw();
    const auto loose =
        crypto::seed_of_mnemonic(secret_of("  Illness spike RETREAT\ttruth genius clock brain\r\npass fit cave "
                                           "bargain  toe \n"),
                                 {})
            .value_or_throw();
    CHECK(seed.equals(loose));
    const auto other = crypto::seed_of_mnemonic(secret_of(k_words), secret_of("x")).value_or_throw();
    CHECK(!seed.equals(other));
}

TEST_CASE("what is no mnemonic is refused, and no word of it is told", "[unit]") {
    const std::string words{k_words};
    CHECK(said_of(words.substr(0, words.size() - 4)) == "crypto.mnemonic: this is no mnemonic: it has 11 words");
    CHECK(said_of("") == "crypto.mnemonic: this is no mnemonic: it has 0 words");
    CHECK(said_of(words + " " + words + " toe") == "crypto.mnemonic: this is no mnemonic: it has more than 24 words");
    CHECK(said_of("ilness" + words.substr(7)) ==
          "crypto.mnemonic: this is no mnemonic: word 1 is not in the list of BIP-39");
    CHECK(said_of(words.substr(0, words.size() - 3) + "toetoetoe") ==
          "crypto.mnemonic: this is no mnemonic: word 12 is not in the list of BIP-39");
    CHECK(said_of("spike illness" + words.substr(13)) ==
          "crypto.mnemonic: this is no mnemonic: the words do not fit together: one is wrong, missing or moved");
    CHECK(said_of(words, "p\xc3\xa4ss").starts_with("crypto.mnemonic_passphrase"));
}

TEST_CASE("the list of words is the published one", "[unit]") {
    std::ifstream file{PASSA_FIXTURES "/../../lib/crypto/bip39_english.txt"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    CHECK(to_hex(crypto::sha256(as_bytes(text))) == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}
