// Strkeys: every valid and invalid case that SEP-23 lists, all kinds, and secrets that never leak.
#include "lib/base/random.hpp"
#include "lib/stellar/strkey.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

constexpr std::string_view k_key = "3f0c34bf93ad0d9971d04ccc90f705511c838aad9734a4a2fb0d7a03fc7fe89a";

struct Valid {
    StrkeyKind kind;
    std::string_view text;
    std::string payload; // hex
};

// SEP-23 1.3.0, "Valid test cases"
const Valid k_valid[] = {
    {StrkeyKind::account, "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", std::string{k_key}},
    {StrkeyKind::muxed_account, "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
     std::string{k_key} + "0000000000000000"},
    {StrkeyKind::muxed_account, "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK",
     std::string{k_key} + "8000000000000000"},
    {StrkeyKind::signed_payload,
     "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAQACAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DUPB6IBZG"
     "M",
     std::string{k_key} + "000000200102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"},
    {StrkeyKind::signed_payload,
     "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAOQCAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DUAAAAFGB"
     "U",
     std::string{k_key} + "0000001d0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d000000"},
    {StrkeyKind::contract, "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA", std::string{k_key}},
    {StrkeyKind::liquidity_pool, "LA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUPJN", std::string{k_key}},
    {StrkeyKind::claimable_balance, "BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TU",
     "00" + std::string{k_key}},
};

// SEP-23 1.3.0, "Invalid test cases"
const std::string_view k_invalid[] = {
    "GAAAAAAAACGC6",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUR",
    "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZA",
    "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUACUSI",
    "G47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVP2I",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLKA",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAAV75I",
    "M47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUK===",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUO",
    "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAQACAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DUPB6IAAAA"
    "AAAAPM",
    "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAOQCAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4Z2PQ",
    "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAOQCAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DXFH6",
    "BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TV",
    "BAAT6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGXACA",
    "",
    "G",
    "ga7qynf7sowq3glr2bgmzehxavirza4kvwltjjfc7mgxua74p7ujvsgz"};

// sha256("passa-test:strkey")
std::string some_seed() { return "SAZ2SFC4WSHSZWVMIY5XSCVHPU35CQBNVNDYGCMR3D5EAX2UMB7G6SLO"; }

} // namespace

TEST_CASE("strkeys agree with SEP-23, both ways", "[unit]") {
    for (const auto& valid : k_valid) {
        CAPTURE(valid.text);
        const auto key = parse_strkey(valid.text).value();
        REQUIRE(key.kind == valid.kind);
        REQUIRE(to_hex(key.payload) == valid.payload);
        REQUIRE(format_strkey(key.kind, key.payload) == valid.text);
    }
}

TEST_CASE("what SEP-23 calls invalid is refused", "[unit]") {
    for (const auto text : k_invalid) {
        CAPTURE(text);
        REQUIRE(parse_strkey(text).problem().code == "strkey.invalid");
    }
}

TEST_CASE("every kind survives a round trip and starts with its letter", "[unit]") {
    SeededRandom random{23};
    const std::pair<StrkeyKind, std::pair<char, std::size_t>> kinds[] = {
        {StrkeyKind::account, {'G', 32}},        {StrkeyKind::contract, {'C', 32}},
        {StrkeyKind::liquidity_pool, {'L', 32}}, {StrkeyKind::muxed_account, {'M', 40}},
        {StrkeyKind::hash_x, {'X', 32}},         {StrkeyKind::pre_auth_tx, {'T', 32}}};
    for (const auto& [kind, form] : kinds)
        for (int round = 0; round < 50; ++round) {
            Bytes payload(form.second);
            random.fill(payload);
            const auto text = format_strkey(kind, payload);
            REQUIRE(text.front() == form.first);
            REQUIRE(parse_strkey(text).value() == Strkey{kind, payload});
        }
}

TEST_CASE("any single wrong character is noticed", "[unit]") {
    const std::string text{k_valid[0].text};
    for (std::size_t i = 0; i < text.size(); ++i)
        for (const char c : std::string{"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567018-=a"}) {
            auto wrong = text;
            wrong[i] = c;
            if (wrong != text) REQUIRE_FALSE(parse_strkey(wrong));
        }
}

TEST_CASE("a seed round-trips through Secret only, and errors never repeat it", "[unit]") {
    const auto text = some_seed();
    const auto seed = parse_seed(text).value_or_throw();
    const auto again = format_seed(seed);
    REQUIRE(std::string(again.reveal().begin(), again.reveal().end()) == text);
    REQUIRE(looks_like_seed(text));
    REQUIRE(parse_strkey(text).problem().code == "strkey.seed");
    REQUIRE(parse_account(text).problem().message.find(text) == std::string::npos);
    auto mistyped = text;
    mistyped[20] = mistyped[20] == 'A' ? 'B' : 'A';
    for (const auto& problem : {parse_seed(mistyped).problem(), parse_strkey(mistyped).problem()})
        REQUIRE((problem.message + problem.hint).find(mistyped.substr(1, 10)) == std::string::npos);
}

TEST_CASE("an account address of another kind is refused by name", "[unit]") {
    REQUIRE(parse_account(k_valid[0].text).ok());
    REQUIRE(parse_account(k_valid[5].text).problem().code == "strkey.kind");
}
