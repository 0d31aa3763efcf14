// Id text forms and the increasing source.
#include "lib/base/id.hpp"

#include <algorithm>

namespace passa {
namespace {

constexpr std::string_view k_crockford = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t k_text_length = 26; // 130 bits: the first character holds only the top three

void increment(IdBytes& bytes) {
    for (auto it = bytes.rbegin(); it != bytes.rend(); ++it)
        if (++*it != 0) return;
}

} // namespace

namespace id_text {

std::string encode(std::string_view prefix, const IdBytes& bytes) {
    std::string digits(k_text_length, '0');
    unsigned carry = 0;
    int bits = 0;
    auto out = digits.rbegin();
    for (auto it = bytes.rbegin(); it != bytes.rend(); ++it) {
        carry |= static_cast<unsigned>(*it) << bits;
        for (bits += 8; bits >= 5; bits -= 5, carry >>= 5) *out++ = k_crockford[carry & 31];
    }
    *out = k_crockford[carry & 31];
    return fmt::format("{}_{}", prefix, digits);
}

Result<IdBytes> decode(std::string_view prefix, std::string_view text) {
    const Problem bad{Kind::invalid_input, "id.text", fmt::format("'{}' is not an id of this kind", text.substr(0, 60)),
                      fmt::format("ids of this kind look like {}_01h455vb4pex5vsknk084sn02q", prefix)};
    if (!text.starts_with(prefix) || text.size() != prefix.size() + 1 + k_text_length || text[prefix.size()] != '_')
        return bad;
    const auto digits = text.substr(prefix.size() + 1);
    if (digits.front() > '7') return bad;
    IdBytes bytes{};
    unsigned carry = 0;
    int bits = 0;
    auto out = bytes.rbegin();
    for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
        const auto value = k_crockford.find(*it);
        if (value == std::string_view::npos) return bad;
        carry |= static_cast<unsigned>(value) << bits;
        bits += 5;
        if (bits >= 8 && out != bytes.rend()) {
            *out++ = static_cast<std::uint8_t>(carry);
            carry >>= 8;
            bits -= 8;
        }
    }
    return bytes;
}

std::string uuid(const IdBytes& bytes) {
    const auto hex = to_hex(bytes);
    const std::string_view v = hex;
    return fmt::format("{}-{}-{}-{}-{}", v.substr(0, 8), v.substr(8, 4), v.substr(12, 4), v.substr(16, 4),
                       v.substr(20));
}

Result<IdBytes> parse_uuid(std::string_view text) {
    std::string hex{text};
    std::erase(hex, '-');
    auto bytes = parse_hex_fixed<16>(hex);
    if (!bytes)
        return Problem{Kind::invalid_input, "id.uuid", fmt::format("'{}' is not a uuid", text.substr(0, 60)), ""};
    return bytes;
}

} // namespace id_text

IdBytes IdSource::next() {
    const std::scoped_lock lock{m_mutex};
    IdBytes bytes{};
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now().time_since_epoch()).count();
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(now) >> (40 - 8 * i));
    const auto same_or_older =
        std::lexicographical_compare(bytes.begin(), bytes.begin() + 6, m_last.begin(), m_last.begin() + 6) ||
        std::equal(bytes.begin(), bytes.begin() + 6, m_last.begin());
    if (same_or_older) {
        bytes = m_last;
        increment(bytes);
    } else {
        m_random.fill(std::span{bytes}.subspan(6));
    }
    m_last = bytes;
    return bytes;
}

} // namespace passa
