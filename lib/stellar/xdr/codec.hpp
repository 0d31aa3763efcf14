// XDR (RFC 4506) to and from any described type.
//
// Decoding is strict: what it accepts encodes back to the same bytes. It stops at limits instead of trusting lengths,
// and a refusal names the type, the place and the byte: "TransactionEnvelope: tx.tx.operations[3].body: ... at byte
// 92".
#pragma once
#include "lib/base/bytes.hpp"

namespace passa::stellar::xdr {

struct Shape;

struct Limits {
    std::size_t bytes = 16U << 20U; // of the whole text
    std::size_t items = 1'000'000;  // list items of the whole value
    int depth = 500;                // of nesting: structs, unions, lists
};

// Errors: xdr.too_large, xdr.short, xdr.trailing, xdr.padding, xdr.bool, xdr.enum, xdr.length, xdr.depth, xdr.items;
// xdr.unsupported for a union case that this version does not know.
Result<Done> decode_value(const Shape& shape, void* value, ByteView bytes, const Limits& limits = {});
// The value that the bytes begin with; how many of them it took.
Result<std::size_t> decode_front(const Shape& shape, void* value, ByteView bytes, const Limits& limits = {});
// Appends. Error (exception) xdr.length when the value holds more than its type allows.
void encode_value(const Shape& shape, const void* value, Bytes& out);

template <typename T>
Result<T> decode(ByteView bytes, const Limits& limits = {}) {
    Result<T> value{T{}};
    auto done = decode_value(shape_of(static_cast<const T*>(nullptr)), &value.value(), bytes, limits);
    if (!done) return done.problems();
    return value;
}

// Values one behind the other, without any frame around them (SEP-46, SEP-48). The limits are those of each.
template <typename T>
Result<std::vector<T>> decode_stream(ByteView bytes, const Limits& limits = {}) {
    std::vector<T> values;
    while (!bytes.empty()) {
        auto taken = decode_front(shape_of(static_cast<const T*>(nullptr)), &values.emplace_back(), bytes, limits);
        if (!taken) return taken.problems();
        bytes = bytes.subspan(*taken);
    }
    return values;
}

template <typename T>
Result<T> decode_base64(std::string_view text, const Limits& limits = {}) {
    auto bytes = parse_base64(text);
    if (!bytes) return bytes.problems();
    return decode<T>(*bytes, limits);
}

template <typename T>
Bytes encode(const T& value) {
    Bytes out;
    encode_value(shape_of(&value), &value, out);
    return out;
}

} // namespace passa::stellar::xdr
