// Strkey text: base32 (RFC 4648, no padding) over version byte, payload and CRC16-XMODEM (little-endian).
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace passa::stellar {
namespace {

constexpr std::string_view k_base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint8_t k_no_value = 0xFF;
constexpr std::uint8_t k_seed_version = 18 << 3;
constexpr std::size_t k_overhead = 3;     // version byte and checksum
constexpr std::size_t k_max_length = 165; // P... with 64 bytes
constexpr std::size_t k_seed_length = 56;

constexpr std::uint16_t crc16_behind(std::uint32_t byte, int zeros) { // polynomial 0x1021, start 0, not reflected
    std::uint32_t crc = byte << 8;
    for (int bit = 0; bit < 8 + 8 * zeros; ++bit) crc = (crc & 0x8000U) != 0 ? (crc << 1) ^ 0x1021U : crc << 1;
    return static_cast<std::uint16_t>(crc);
}
constexpr std::array<std::uint16_t, 256> make_crc_steps(int zeros) { // what a byte adds, so many bytes behind it
    std::array<std::uint16_t, 256> steps{};
    for (std::uint32_t byte = 0; byte < steps.size(); ++byte) steps[byte] = crc16_behind(byte, zeros);
    return steps;
}
constexpr auto k_crc_last = make_crc_steps(0), k_crc_before_last = make_crc_steps(1);

std::uint16_t crc16(ByteView bytes) { // two bytes a step
    std::uint16_t crc = 0;
    const auto pairs = bytes.size() / 2 * 2;
    for (std::size_t i = 0; i < pairs; i += 2)
        crc = k_crc_before_last[crc >> 8 ^ bytes[i]] ^ k_crc_last[(crc & 0xFFU) ^ bytes[i + 1]];
    if (pairs < bytes.size()) crc = static_cast<std::uint16_t>(crc << 8 ^ k_crc_last[crc >> 8 ^ bytes[pairs]]);
    return crc;
}

constexpr std::array<std::uint8_t, 256> make_base32_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(k_no_value);
    for (std::size_t i = 0; i < k_base32.size(); ++i)
        values[static_cast<std::uint8_t>(k_base32[i])] = static_cast<std::uint8_t>(i);
    return values;
}
constexpr auto k_base32_values = make_base32_values();

std::size_t decoded_size(std::size_t characters) { return characters * 5 / 8; }
std::size_t encoded_size(std::size_t bytes) { return (bytes * 8 + 4) / 5; }

std::optional<std::string_view> decode_base32(std::string_view text, std::span<std::uint8_t> out) {
    std::uint32_t buffer = 0;
    int bits = 0;
    std::size_t at = 0;
    for (const char c : text) {
        const auto value = k_base32_values[static_cast<std::uint8_t>(c)];
        if (value == k_no_value) return "has a character that is not A to Z or 2 to 7";
        buffer = (buffer << 5) | value;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out[at++] = static_cast<std::uint8_t>(buffer >> bits);
        buffer &= (1U << bits) - 1;
    }
    if (bits >= 5) return "has a length that no strkey has";
    if (buffer != 0) return "ends in stray bits";
    return std::nullopt;
}

void encode_base32(ByteView bytes, std::span<std::uint8_t> out) {
    std::uint32_t buffer = 0;
    int bits = 0;
    std::size_t at = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[at++] = static_cast<std::uint8_t>(k_base32[(buffer >> bits) & 31]);
        }
    }
    if (bits > 0) out[at] = static_cast<std::uint8_t>(k_base32[(buffer << (5 - bits)) & 31]);
}

std::optional<std::string_view> check_crc(ByteView decoded) {
    const auto body = decoded.first(decoded.size() - 2);
    const auto crc = crc16(body);
    if (decoded[body.size()] != (crc & 0xFF) || decoded[body.size() + 1] != crc >> 8)
        return "has a wrong checksum: a character is mistyped";
    return std::nullopt;
}

void append_crc(std::span<std::uint8_t> bytes) { // into the last two
    const auto crc = crc16(bytes.first(bytes.size() - 2));
    bytes[bytes.size() - 2] = static_cast<std::uint8_t>(crc & 0xFF);
    bytes[bytes.size() - 1] = static_cast<std::uint8_t>(crc >> 8);
}

// XDR can hold an empty payload, and then it must be shown; SEP-23 has none, so parse_strkey refuses it.
bool fits_signed_payload(ByteView payload) {
    if (payload.size() < 36) return false;
    std::size_t size = 0;
    for (std::size_t i = 32; i < 36; ++i) size = size * 256 + payload[i];
    if (size > 64 || payload.size() != 36 + (size + 3) / 4 * 4) return false;
    return std::all_of(payload.begin() + 36 + static_cast<std::ptrdiff_t>(size), payload.end(),
                       [](auto byte) { return byte == 0; });
}

bool fits(StrkeyKind kind, ByteView payload) {
    switch (kind) {
    case StrkeyKind::account:
    case StrkeyKind::contract:
    case StrkeyKind::liquidity_pool:
    case StrkeyKind::pre_auth_tx:
    case StrkeyKind::hash_x: return payload.size() == 32;
    case StrkeyKind::claimable_balance: return payload.size() == 33 && payload[0] == 0;
    case StrkeyKind::muxed_account: return payload.size() == 40;
    case StrkeyKind::signed_payload: return fits_signed_payload(payload);
    }
    return false; // a version byte that nobody has defined
}

Problem invalid(std::string_view why) {
    return {Kind::invalid_input, "strkey.invalid", fmt::format("not a Stellar address: it {}", why),
            "copy it again from its source; an account looks like G followed by 55 letters and digits"};
}

Problem invalid_seed() { // says nothing of the text: it may be a secret with one wrong character
    return {Kind::invalid_input, "strkey.invalid", "not a Stellar secret seed",
            "a seed is S followed by 55 letters A to Z and digits 2 to 7"};
}

} // namespace

Result<Strkey> parse_strkey(std::string_view text) {
    if (looks_like_seed(text))
        return Problem{Kind::refused, "strkey.seed", "a secret seed stands where an address belongs",
                       "give the account's G... address, and treat this seed as exposed"};
    if (text.size() < encoded_size(k_overhead) || text.size() > k_max_length) return invalid("has the wrong length");
    Bytes decoded(decoded_size(text.size()));
    if (const auto why = decode_base32(text, decoded)) return invalid(*why);
    if (const auto why = check_crc(decoded)) return invalid(*why);
    if ((decoded[0] & 7) != 0) return invalid("is of an unknown kind");
    Strkey key{StrkeyKind{static_cast<std::uint8_t>(decoded[0] >> 3)}, {decoded.begin() + 1, decoded.end() - 2}};
    const bool empty = key.kind == StrkeyKind::signed_payload && key.payload.size() == 36;
    if (empty || !fits(key.kind, key.payload))
        return invalid("is of an unknown kind, or its parts do not fit its kind");
    return key;
}

std::string format_strkey(StrkeyKind kind, ByteView payload) {
    PASSA_ASSERT(fits(kind, payload));
    Bytes bytes(payload.size() + k_overhead);
    bytes[0] = static_cast<std::uint8_t>(static_cast<unsigned>(kind) << 3);
    std::copy(payload.begin(), payload.end(), bytes.begin() + 1);
    append_crc(bytes);
    Bytes text(encoded_size(bytes.size()));
    encode_base32(bytes, text);
    return {text.begin(), text.end()};
}

Result<FixedBytes<32>> parse_account(std::string_view text) {
    auto key = parse_strkey(text);
    if (!key) return key.problems();
    if (key->kind != StrkeyKind::account)
        return Problem{Kind::invalid_input, "strkey.kind", fmt::format("{} is not an account address", text),
                       "give an address that starts with G"};
    FixedBytes<32> account{};
    std::copy(key->payload.begin(), key->payload.end(), account.begin());
    return account;
}

std::string format_account(const FixedBytes<32>& key) { return format_strkey(StrkeyKind::account, key); }

Result<Secret> parse_seed(std::string_view text) {
    if (text.size() != k_seed_length) return invalid_seed();
    Secret decoded{decoded_size(k_seed_length)};
    const auto bytes = decoded.reveal();
    if (decode_base32(text, bytes) || check_crc(bytes) || bytes[0] != k_seed_version) return invalid_seed();
    Secret seed{32};
    std::copy_n(bytes.begin() + 1, 32, seed.reveal().begin());
    return seed;
}

Secret format_seed(const Secret& seed) {
    PASSA_ASSERT(seed.size() == 32);
    Secret bytes{32 + k_overhead};
    bytes.reveal()[0] = k_seed_version;
    std::copy_n(seed.reveal().begin(), 32, bytes.reveal().begin() + 1);
    append_crc(bytes.reveal());
    Secret text{k_seed_length};
    encode_base32(bytes.reveal(), text.reveal());
    return text;
}

bool looks_like_seed(std::string_view text) { return text.starts_with('S') && parse_seed(text).ok(); }

} // namespace passa::stellar
