// SEP-51: XDR as JSON for people and tools, both ways. 64-bit and wider integers are decimal strings, opaque values
// hex, strings escaped, addresses strkeys; a union is its case name, or an object with that one key.
#pragma once
#include "lib/base/result.hpp"

#include <nlohmann/json_fwd.hpp>

namespace passa::stellar::xdr {

struct Shape;

nlohmann::ordered_json value_to_json(const Shape& shape, const void* value);
// Errors: xdr.json with the path of the field; numbers are accepted where SEP-51 writes strings of digits.
Result<Done> value_from_json(const Shape& shape, const nlohmann::ordered_json& json, void* value);
// As text. The depth is limited before the text is parsed.
std::string value_to_json_text(const Shape& shape, const void* value, int indent = -1);
Result<Done> value_from_json_text(const Shape& shape, std::string_view json, void* value);

template <typename T, typename Json = nlohmann::ordered_json> // Json: complete where this is called
Json to_json(const T& value) {
    return value_to_json(shape_of(&value), &value);
}

template <typename T>
std::string to_json_text(const T& value, int indent = -1) {
    return value_to_json_text(shape_of(&value), &value, indent);
}

template <typename T>
Result<T> from_json_text(std::string_view json) {
    Result<T> value{T{}};
    auto done = value_from_json_text(shape_of(static_cast<const T*>(nullptr)), json, &value.value());
    if (!done) return done.problems();
    return value;
}

} // namespace passa::stellar::xdr
