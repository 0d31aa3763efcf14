// Raw bytes and their text forms: hex and base64 (RFC 4648, strict: no blanks, canonical padding, no stray bits).
#pragma once
#include "lib/base/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passa {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N>
using FixedBytes = std::array<std::uint8_t, N>;
using Hash256 = FixedBytes<32>;

ByteView as_bytes(std::string_view text);

std::string to_hex(ByteView bytes);                // lower case
Result<Bytes> parse_hex(std::string_view text);    // either case; error bytes.hex
std::string to_base64(ByteView bytes);             // with padding
Result<Bytes> parse_base64(std::string_view text); // error bytes.base64

// Fixed width; error bytes.length when the text holds another number of bytes.
template <std::size_t N>
Result<FixedBytes<N>> parse_hex_fixed(std::string_view text) {
    auto bytes = parse_hex(text);
    if (!bytes) return bytes.problems();
    if (bytes->size() != N)
        return Problem{Kind::invalid_input, "bytes.length", fmt::format("need {} bytes, got {}", N, bytes->size()), ""};
    FixedBytes<N> fixed{};
    std::copy(bytes->begin(), bytes->end(), fixed.begin());
    return fixed;
}

} // namespace passa
