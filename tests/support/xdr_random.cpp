// Random values by form. Past k_deep levels everything that can be empty is.
#include "tests/support/xdr_random.hpp"

#include "lib/base/bytes.hpp"

#include <algorithm>

namespace passa::test {
namespace {

using stellar::xdr::Form;
using stellar::xdr::Shape;
using stellar::xdr::store_number;

constexpr int k_deep = 14;

std::uint64_t some_number(Random& random) { // often at an edge
    constexpr std::uint64_t k_edges[] = {0, 1, ~0ULL, 1ULL << 63, (1ULL << 63) - 1, 1ULL << 31, (1ULL << 31) - 1};
    return random.below(4) == 0 ? k_edges[random.below(std::size(k_edges))] : random.next_u64();
}

std::size_t some_length(const Shape& shape, Random& random, std::size_t usual) {
    const bool full = shape.limit <= 64 && random.below(8) == 0;
    return full ? shape.limit : random.below(std::min<std::uint64_t>(shape.limit, usual) + 1);
}

Bytes some_bytes(std::size_t size, Random& random) {
    Bytes bytes(size);
    random.fill(bytes);
    if (random.below(2) == 0) // plain text, often with zeros behind it, like an asset code
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] =
                i > size / 2 && bytes[0] % 3 == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>('A' + bytes[i] % 26);
    return bytes;
}

void randomise_items(const Shape& shape, void* value, Random& random, int depth) { // NOLINT(misc-no-recursion)
    shape.items.clear(value);
    const auto size = depth > k_deep ? 0 : some_length(shape, random, depth > k_deep / 2 ? 1 : 3);
    for (std::size_t i = 0; i < size; ++i) randomise(shape.item(), shape.items.append(value), random, depth + 1);
}

void randomise_choice(const Shape& shape, void* value, Random& random, int depth) { // NOLINT(misc-no-recursion)
    const auto& any = shape.cases[random.below(shape.cases.size())];
    const auto& chosen = depth > k_deep ? shape.cases.front() : any; // void cases stand first
    if (chosen.shape == nullptr)
        shape.choice.select_void(value, chosen.value);
    else
        randomise(chosen.shape(), chosen.select(value), random, depth + 1);
}

} // namespace

void randomise(const Shape& shape, void* value, Random& random, int depth) { // NOLINT(misc-no-recursion)
    switch (shape.form) {
    case Form::boolean: return store_number(value, random.below(2) == 1);
    case Form::int32:
    case Form::uint32: return store_number(value, static_cast<std::uint32_t>(some_number(random)));
    case Form::int64:
    case Form::uint64: return store_number(value, some_number(random));
    case Form::enumeration: return store_number(value, shape.names[random.below(shape.names.size())].value);
    case Form::fixed_opaque: {
        const auto bytes = some_bytes(shape.limit, random);
        std::copy(bytes.begin(), bytes.end(), static_cast<std::uint8_t*>(value));
        return;
    }
    case Form::opaque: *static_cast<Bytes*>(value) = some_bytes(some_length(shape, random, 40), random); return;
    case Form::text: {
        const auto bytes = some_bytes(some_length(shape, random, 40), random);
        static_cast<std::string*>(value)->assign(bytes.begin(), bytes.end());
        return;
    }
    case Form::array:
        for (std::size_t i = 0; i < shape.limit; ++i)
            randomise(shape.item(), shape.items.at(value, i), random, depth + 1);
        return;
    case Form::list:
    case Form::optional: return randomise_items(shape, value, random, depth);
    case Form::structure:
        for (const auto& member : shape.members) randomise(member.shape(), member.reach(value), random, depth + 1);
        return;
    case Form::choice: return randomise_choice(shape, value, random, depth);
    }
}

} // namespace passa::test
