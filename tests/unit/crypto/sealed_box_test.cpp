// A sealed secret opens only under its passphrase, its name and unchanged; absurd costs are refused before any work.
#include "lib/crypto/keystore.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::crypto;

namespace {

constexpr PassphraseCost k_cheap{1, 8192}; // for tests alone

Secret secret_of(std::string text) { return Secret::take(text); }

SealedBox box_of(std::string_view bound) {
    SeededRandom random{1};
    return seal(secret_of("the seed"), {secret_of("words"), bound, k_cheap}, random);
}

} // namespace

TEST_CASE("a box opens under its own passphrase and binding, and nothing else", "[unit]") {
    const auto box = box_of("a");
    REQUIRE(open(box, secret_of("words"), "a").value().equals(secret_of("the seed")));
    REQUIRE(open(box, secret_of("word"), "a").problem().code == "crypto.wrong_passphrase");
    REQUIRE(open(box, secret_of("words"), "b").problem().code == "crypto.wrong_passphrase");
    for (std::size_t i = 0; i < box.sealed.size(); ++i) {
        auto changed = box;
        changed.sealed[i] ^= 1;
        REQUIRE(open(changed, secret_of("words"), "a").problem().code == "crypto.wrong_passphrase");
    }
    auto cut = box;
    cut.sealed.resize(8);
    REQUIRE(open(cut, secret_of("words"), "a").problem().code == "crypto.wrong_passphrase");
}

TEST_CASE("absurd costs are refused", "[unit]") {
    auto box = box_of("a");
    box.cost = {1, 1ULL << 50};
    REQUIRE(open(box, secret_of("words"), "a").problem().code == "crypto.cost");
    box.cost = {1'000'000, 8192};
    REQUIRE(open(box, secret_of("words"), "a").problem().code == "crypto.cost");
    box.cost = {0, 0};
    REQUIRE(open(box, secret_of("words"), "a").problem().code == "crypto.cost");
}

TEST_CASE("a key file survives its text, and any cut or strange line is refused", "[unit]") {
    const StoredKey key{"k", "GDEMO", box_of("x")};
    const auto text = to_file_text(key);
    const auto back = parse_file_text("k", text).value();
    REQUIRE(back.account == "GDEMO");
    REQUIRE(back.box.sealed == key.box.sealed);
    REQUIRE(back.box.cost.memory_bytes == k_cheap.memory_bytes);
    for (std::size_t n = 0; n < text.size(); n += 7) {
        CAPTURE(n);
        REQUIRE(parse_file_text("k", text.substr(0, n)).problem().code == "key.format");
    }
    REQUIRE(parse_file_text("k", text + std::string(5000, 'x') + "\n").problem().code == "key.format");
}
