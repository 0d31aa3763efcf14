// Hex and base64, strict on the way in: what was accepted encodes back to the same text (hex but for case).
#include "lib/base/bytes.hpp"

#include <algorithm>

namespace passa {
namespace {

constexpr std::string_view k_hex = "0123456789abcdef";
constexpr std::string_view k_base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Problem bad_base64(std::string_view why) {
    return {Kind::invalid_input, "bytes.base64", fmt::format("not base64: {}", why), ""};
}

std::array<std::int8_t, 256> make_base64_values() {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < k_base64.size(); ++i)
        values[static_cast<std::uint8_t>(k_base64[i])] = static_cast<std::int8_t>(i);
    return values;
}

} // namespace

ByteView as_bytes(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += k_hex[byte >> 4];
        text += k_hex[byte & 15];
    }
    return text;
}

Result<Bytes> parse_hex(std::string_view text) {
    if (text.size() % 2 != 0) return Problem{Kind::invalid_input, "bytes.hex", "an odd number of hex digits", ""};
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0)
            return Problem{Kind::invalid_input, "bytes.hex", fmt::format("not a hex digit at position {}", i + 1), ""};
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

std::string to_base64(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t block = 0;
        for (std::size_t k = 0; k < 3; ++k) block = (block << 8) | (k < n ? bytes[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += k <= n ? k_base64[(block >> (18 - 6 * k)) & 63] : '=';
    }
    return text;
}

Result<Bytes> parse_base64(std::string_view text) {
    static const auto values = make_base64_values();
    if (text.size() % 4 != 0) return bad_base64("the length is not a multiple of four");
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t pad = !last ? 0U : text[i + 2] == '=' ? 2U : text[i + 3] == '=' ? 1U : 0U;
        std::uint32_t block = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const bool padding = k >= 4 - pad;
            const int value = padding ? 0 : values[static_cast<std::uint8_t>(text[i + k])];
            if (value < 0 || (padding && text[i + k] != '='))
                return bad_base64(fmt::format("a stray character at {}", i + k + 1));
            block = (block << 6) | static_cast<std::uint32_t>(value);
        }
        if ((pad == 1 && (block & 0xFFU) != 0) || (pad == 2 && (block & 0xFFFFU) != 0))
            return bad_base64("stray bits at the end");
        for (std::size_t k = 0; k < 3 - pad; ++k) bytes.push_back(static_cast<std::uint8_t>(block >> (16 - 8 * k)));
    }
    return bytes;
}

} // namespace passa
