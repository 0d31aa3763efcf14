// SEP-23: version byte 18 << 3, 32 bytes, CRC16-XMODEM little-endian, base32 without padding. Only the check is needed
// here: nothing is decoded into anything that could be printed.
#include "lib/base/secret_seed.hpp"

#include "lib/base/secret.hpp"

#include <array>
#include <cstdint>

namespace passa {
namespace {

constexpr std::size_t k_seed_length = 56;
constexpr std::uint8_t k_seed_version = 18 << 3;

int base32_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= '2' && c <= '7') return c - '2' + 26;
    return -1;
}

bool is_seed(std::string_view word) {
    std::array<std::uint8_t, 35> bytes{};
    unsigned carry = 0;
    int bits = 0;
    std::size_t at = 0;
    for (const char c : word) {
        const int value = base32_value(c);
        if (value < 0) return false;
        carry = ((carry << 5) | static_cast<unsigned>(value)) & 0xFFFU;
        bits += 5;
        if (bits >= 8) bytes[at++] = static_cast<std::uint8_t>(carry >> (bits -= 8));
    }
    std::uint16_t crc = 0;
    for (std::size_t i = 0; i < 33; ++i) {
        crc = static_cast<std::uint16_t>(crc ^ (bytes[i] << 8));
        for (int bit = 0; bit < 8; ++bit)
            crc = static_cast<std::uint16_t>((crc & 0x8000U) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
    }
    const bool valid = bytes[0] == k_seed_version && bytes[33] == (crc & 0xFF) && bytes[34] == (crc >> 8);
    wipe(bytes);
    return valid;
}

std::size_t find_secret_seed(std::string_view text, std::size_t from) {
    for (std::size_t i = from; i + k_seed_length <= text.size(); ++i)
        if (text[i] == 'S' && is_seed(text.substr(i, k_seed_length))) return i;
    return std::string_view::npos;
}

} // namespace

bool holds_secret_seed(std::string_view text) { return find_secret_seed(text, 0) != std::string_view::npos; }

std::string without_secret_seeds(std::string_view text) {
    std::string safe;
    std::size_t from = 0;
    for (auto at = find_secret_seed(text, 0); at != std::string_view::npos; at = find_secret_seed(text, from)) {
        safe.append(text.substr(from, at - from)).append("S***");
        from = at + k_seed_length;
    }
    return safe.append(text.substr(from));
}

} // namespace passa
