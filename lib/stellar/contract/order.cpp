// Written once against shapes: a structure by its members, a union by its case first, texts and lists item by item.
#include "lib/stellar/contract/order.hpp"

#include "lib/stellar/xdr/shape.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using Order = std::strong_ordering;

Order compare_shaped(const xdr::Shape& shape, void* a, void* b);

template <typename T>
Order compare_number(const void* a, const void* b) {
    return xdr::load_number<T>(a) <=> xdr::load_number<T>(b);
}

Order compare_bytes(ByteView a, ByteView b) {
    return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
}

Order compare_items(const xdr::Shape& shape, void* a, void* b) {
    const auto size_a = shape.items.size(a);
    const auto size_b = shape.items.size(b);
    for (std::size_t i = 0; i < std::min(size_a, size_b); ++i) {
        const auto order = compare_shaped(shape.item(), shape.items.at(a, i), shape.items.at(b, i));
        if (order != Order::equal) return order;
    }
    return size_a <=> size_b;
}

Order compare_members(const xdr::Shape& shape, void* a, void* b) {
    for (const auto& member : shape.members) {
        const auto order = compare_shaped(member.shape(), member.reach(a), member.reach(b));
        if (order != Order::equal) return order;
    }
    return Order::equal;
}

Order compare_choice(const xdr::Shape& shape, void* a, void* b) {
    const auto type = shape.choice.type(a);
    const auto order = type <=> shape.choice.type(b);
    if (order != Order::equal || shape.choice.arm(a) == nullptr) return order;
    return compare_shaped(shape.find_case(type)->shape(), shape.choice.arm(a), shape.choice.arm(b));
}

Order compare_shaped(const xdr::Shape& shape, void* a, void* b) { // types nest
    using xdr::Form;
    switch (shape.form) {
    case Form::boolean: return compare_number<bool>(a, b);
    case Form::int32:
    case Form::enumeration: return compare_number<std::int32_t>(a, b);
    case Form::uint32: return compare_number<std::uint32_t>(a, b);
    case Form::int64: return compare_number<std::int64_t>(a, b);
    case Form::uint64: return compare_number<std::uint64_t>(a, b);
    case Form::fixed_opaque:
        return compare_bytes({static_cast<std::uint8_t*>(a), shape.limit},
                             {static_cast<std::uint8_t*>(b), shape.limit});
    case Form::opaque: return compare_bytes(*static_cast<Bytes*>(a), *static_cast<Bytes*>(b));
    case Form::text:
        return compare_bytes(as_bytes(*static_cast<std::string*>(a)), as_bytes(*static_cast<std::string*>(b)));
    case Form::list:
    case Form::array:
    case Form::optional: return compare_items(shape, a, b);
    case Form::structure: return compare_members(shape, a, b);
    case Form::choice: return compare_choice(shape, a, b);
    }
    return Order::equal;
}

} // namespace

std::strong_ordering compare(const xdr::ScVal& a, const xdr::ScVal& b) {
    // Reaching inside does not change the value.
    return compare_shaped(shape_of(&a), const_cast<xdr::ScVal*>(&a), const_cast<xdr::ScVal*>(&b));
}

bool sort_map(xdr::ScMap& map) {
    std::sort(map.begin(), map.end(), [](const auto& a, const auto& b) { return compare(a.key, b.key) < 0; });
    const auto twice = [](const auto& a, const auto& b) { return compare(a.key, b.key) == 0; };
    return std::adjacent_find(map.begin(), map.end(), twice) == map.end();
}

} // namespace passa::stellar::contract
