// The id of a sale line, derived from what the line is: no file, no order of rows, no machine changes it.
//
// First half: of the order (event, source, order_ref), so that an order's lines are neighbours in the primary key and a
// block of an import is a range of ids. Second half: of the line. Parts are hashed with their lengths in front, so that
// ("ab", "c") and ("a", "bc") differ. Later changes of a sale: passa_change_id in 0003_sale.sql.
#pragma once
#include "lib/base/id.hpp"
#include "lib/crypto/hash.hpp"

namespace passa::sale {

class LineIds {
public:
    explicit LineIds(const IdBytes& event) : m_event(event) {}
    // The order's half; remembered, because the lines of an order mostly follow one another.
    std::uint64_t order_half(std::string_view source, std::string_view order_ref);
    IdBytes line(std::string_view source, std::string_view order_ref, std::string_view line_ref);

private:
    std::uint64_t hash_of(std::initializer_list<std::string_view> parts);
    IdBytes m_event;
    crypto::Sha256 m_hash;
    std::string m_parts;
    std::string m_source;
    std::string m_order_ref;
    std::uint64_t m_order_half = 0;
    bool m_known = false;
};

// Block `block` of `count`: the ids from first to last, both included.
struct IdRange {
    IdBytes first{};
    IdBytes last{};
};
int block_of(std::uint64_t order_half, int count);
IdRange ids_of_block(int block, int count);

} // namespace passa::sale
