// SHA-256, cut to 64 bits a half. Orders of one event would need billions before two shared a first half, and even
// that only makes them neighbours.
#include "lib/sale/line_id.hpp"

namespace passa::sale {
namespace {

void append_big_endian(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xFFU);
}

void put(IdBytes& id, std::size_t at, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i, value >>= 8)
        id[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value);
}

} // namespace

std::uint64_t LineIds::hash_of(std::initializer_list<std::string_view> parts) {
    m_parts.assign(m_event.begin(), m_event.end());
    for (const auto part : parts) {
        append_big_endian(m_parts, static_cast<std::uint32_t>(part.size()));
        m_parts += part;
    }
    m_hash.update(as_bytes(m_parts));
    const auto digest = m_hash.finish();
    std::uint64_t half = 0;
    for (std::size_t i = 0; i < 8; ++i) half = half << 8 | digest[i];
    return half;
}

std::uint64_t LineIds::order_half(std::string_view source, std::string_view order_ref) {
    if (m_known && order_ref == m_order_ref && source == m_source) return m_order_half;
    m_order_half = hash_of({source, order_ref});
    m_source = source;
    m_order_ref = order_ref;
    m_known = true;
    return m_order_half;
}

IdBytes LineIds::line(std::string_view source, std::string_view order_ref, std::string_view line_ref) {
    IdBytes id{};
    put(id, 0, order_half(source, order_ref), 8);
    put(id, 8, hash_of({source, order_ref, line_ref}), 8);
    return id;
}

int block_of(std::uint64_t order_half, int count) {
    return static_cast<int>((order_half >> 32) * static_cast<std::uint64_t>(count) >> 32);
}

IdRange ids_of_block(int block, int count) {
    const auto first_of = [&](int b) {
        return ((static_cast<std::uint64_t>(b) << 32) + static_cast<std::uint64_t>(count) - 1) /
               static_cast<std::uint64_t>(count);
    };
    IdRange range;
    put(range.first, 0, first_of(block), 4);
    range.last.fill(0xFF);
    put(range.last, 0, first_of(block + 1) - 1, 4);
    return range;
}

} // namespace passa::sale
