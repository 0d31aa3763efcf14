// Sources: BIP-39, SLIP-10, SEP-5. Everything that the words could be read back from is in locked memory and wiped.
#include "lib/crypto/mnemonic.hpp"

#include "bip39_words.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

namespace passa::crypto {
namespace {

constexpr std::size_t k_bits_per_word = 11;
constexpr std::size_t k_most_words = 24;
constexpr int k_rounds = 2048; // of PBKDF2
constexpr std::size_t k_seed_of_words = 64;
constexpr std::uint32_t k_hardened = 0x8000'0000;
constexpr std::size_t k_longest_word = 8;

Problem bad_mnemonic(const std::string& why) {
    return {Kind::invalid_input, "crypto.mnemonic", fmt::format("this is no mnemonic: {}", why),
            "write the words of the backup in their order, on one line: 12 or 24 of them"};
}

// Sorted, as the standard publishes it.
const std::vector<std::string_view>& word_list() {
    static const auto words = [] {
        auto lines = split_at(bip39::k_files.front().second, '\n');
        lines.pop_back(); // behind the last line's end
        PASSA_ASSERT(lines.size() == 2048 && std::is_sorted(lines.begin(), lines.end()));
        return lines;
    }();
    return words;
}

bool is_blank(std::uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::uint8_t to_small(std::uint8_t c) { return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c + ('a' - 'A')) : c; }

// The words as the standard hashes them: small letters, one blank between two.
struct Sentence {
    Secret text{k_most_words * (k_longest_word + 1)};
    std::size_t size = 0;
    std::size_t words = 0;
};

Result<Sentence> tidy(const Secret& given) {
    Sentence sentence;
    std::size_t letters = 0; // of the word that is being read
    for (const auto c : given.reveal()) {
        if (is_blank(c)) {
            letters = 0;
            continue;
        }
        if (letters == 0 && ++sentence.words > k_most_words) return bad_mnemonic("it has more than 24 words");
        if (letters == 0 && sentence.size > 0) sentence.text.reveal()[sentence.size++] = ' ';
        if (++letters > k_longest_word)
            return bad_mnemonic(fmt::format("word {} is not in the list of BIP-39", sentence.words));
        sentence.text.reveal()[sentence.size++] = to_small(c);
    }
    return sentence;
}

std::string_view text_of(const Sentence& sentence) {
    return {reinterpret_cast<const char*>(sentence.text.reveal().data()), sentence.size};
}

// Puts eleven bits behind those that are there.
void append_bits(std::span<std::uint8_t> into, std::size_t at, std::size_t value) {
    for (std::size_t bit = 0; bit < k_bits_per_word; ++bit) {
        const bool set = ((value >> (k_bits_per_word - 1 - bit)) & 1U) != 0;
        const auto place = at + bit;
        if (set) into[place / 8] = static_cast<std::uint8_t>(into[place / 8] | (0x80U >> (place % 8)));
    }
}

// Entropy, and behind it one bit of its hash for every 32 of its own.
Result<Done> check(const Sentence& sentence) {
    if (sentence.words < 12 || sentence.words % 3 != 0)
        return bad_mnemonic(fmt::format("it has {} words", sentence.words));
    Secret bits{k_most_words * k_bits_per_word / 8 + 1};
    std::size_t at = 0;
    const auto& list = word_list();
    for (const auto word : split_at(text_of(sentence), ' ')) {
        const auto found = std::lower_bound(list.begin(), list.end(), word);
        if (found == list.end() || *found != word)
            return bad_mnemonic(fmt::format("word {} is not in the list of BIP-39", at / k_bits_per_word + 1));
        append_bits(bits.reveal(), at, static_cast<std::size_t>(found - list.begin()));
        at += k_bits_per_word;
    }
    const auto checksum_bits = at / 33;
    const auto entropy = (at - checksum_bits) / 8;
    const auto hash = sha256(bits.reveal().first(entropy));
    const auto mask = static_cast<std::uint8_t>(0xFF00U >> checksum_bits);
    if (((bits.reveal()[entropy] ^ hash[0]) & mask) != 0)
        return bad_mnemonic("the words do not fit together: one is wrong, missing or moved");
    return Done{};
}

// Key and chain code of SLIP-10, 32 bytes each.
Secret hmac_sha512(ByteView key, ByteView message) {
    crypto_auth_hmacsha512_state state;
    crypto_auth_hmacsha512_init(&state, key.data(), key.size());
    crypto_auth_hmacsha512_update(&state, message.data(), message.size());
    Secret mac{crypto_auth_hmacsha512_BYTES};
    crypto_auth_hmacsha512_final(&state, mac.reveal().data());
    sodium_memzero(&state, sizeof state);
    return mac;
}

Secret child_of(const Secret& parent, std::uint32_t index) {
    const auto hardened = index | k_hardened;
    Secret message{1 + 32 + 4};
    const auto bytes = message.reveal();
    std::copy_n(parent.reveal().begin(), 32, bytes.begin() + 1);
    for (std::size_t i = 0; i < 4; ++i) bytes[33 + i] = static_cast<std::uint8_t>(hardened >> (24 - 8 * i));
    return hmac_sha512(parent.reveal().subspan(32), message.reveal());
}

} // namespace

Result<Secret> seed_of_mnemonic(const Secret& words, const Secret& passphrase) {
    const auto sentence = tidy(words);
    if (!sentence) return sentence.problems();
    if (const auto fits = check(*sentence); !fits) return fits.problems();
    const auto given = passphrase.reveal();
    if (std::any_of(given.begin(), given.end(), [](std::uint8_t c) { return c < 0x20 || c > 0x7E; }))
        return Problem{Kind::invalid_input, "crypto.mnemonic_passphrase",
                       "a mnemonic's passphrase with letters beyond ASCII is not read here",
                       "bring the key over as a seed: passa key import --seed-fd"};
    static constexpr std::string_view k_before = "mnemonic";
    Secret salt{k_before.size() + passphrase.size()};
    std::copy(k_before.begin(), k_before.end(), salt.reveal().begin());
    std::copy(given.begin(), given.end(), salt.reveal().begin() + static_cast<std::ptrdiff_t>(k_before.size()));
    Secret seed{k_seed_of_words};
    const auto text = text_of(*sentence);
    if (PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), salt.reveal().data(),
                          static_cast<int>(salt.size()), k_rounds, EVP_sha512(), static_cast<int>(k_seed_of_words),
                          seed.reveal().data()) != 1)
        throw Error{Problem{Kind::internal, "crypto.hash", "OpenSSL refused to stretch a passphrase", ""}};
    return seed;
}

Secret derive_key(const Secret& seed, std::span<const std::uint32_t> path) {
    auto node = hmac_sha512(as_bytes("ed25519 seed"), seed.reveal());
    for (const auto index : path) node = child_of(node, index);
    Secret key{32};
    std::copy_n(std::as_const(node).reveal().begin(), 32, key.reveal().begin());
    return key;
}

Secret stellar_key(const Secret& seed, std::uint32_t index) {
    const std::uint32_t path[] = {44, 148, index};
    return derive_key(seed, path);
}

} // namespace passa::crypto
