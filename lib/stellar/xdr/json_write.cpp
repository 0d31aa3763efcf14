// Values to SEP-51 JSON.
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar::xdr {
namespace {

using Json = nlohmann::ordered_json;

Json write(const Shape& shape, const void* value);

Json write_items(const Shape& shape, void* value) { // types nest
    auto items = Json::array();
    for (std::size_t i = 0; i < shape.items.size(value); ++i)
        items.push_back(write(shape.item(), shape.items.at(value, i)));
    return items;
}

Json write_structure(const Shape& shape, void* value) {
    auto object = Json::object();
    for (const auto& member : shape.members)
        object.emplace(std::string{member.name}, write(member.shape(), member.reach(value)));
    return object;
}

Json write_choice(const Shape& shape, void* value) {
    const auto type = shape.choice.type(value);
    void* const arm = shape.choice.arm(value);
    if (arm == nullptr) return shape.case_name(type);
    auto object = Json::object();
    object.emplace(shape.case_name(type), write(shape.find_case(type)->shape(), arm));
    return object;
}

std::string write_enum(const Shape& shape, std::int32_t value) {
    const auto* const entry = shape.find_name(value);
    PASSA_ASSERT(entry != nullptr); // the decoder admits no other
    return entry->name;
}

Json write(const Shape& shape, const void* value) {
    if (shape.text.write != nullptr) return shape.text.write(value);
    void* const reached = const_cast<void*>(value); // reaching inside does not change the value
    switch (shape.form) {
    case Form::boolean: return load_number<bool>(value);
    case Form::int32: return load_number<std::int32_t>(value);
    case Form::uint32: return load_number<std::uint32_t>(value);
    case Form::int64: return fmt::format("{}", load_number<std::int64_t>(value));
    case Form::uint64: return fmt::format("{}", load_number<std::uint64_t>(value));
    case Form::enumeration: return write_enum(shape, load_number<std::int32_t>(value));
    case Form::fixed_opaque: return to_hex({static_cast<const std::uint8_t*>(value), shape.limit});
    case Form::opaque: return to_hex(*static_cast<const Bytes*>(value));
    case Form::text: return escape(*static_cast<const std::string*>(value));
    case Form::list:
    case Form::array: return write_items(shape, reached);
    case Form::optional:
        return shape.items.size(value) == 0 ? Json(nullptr) : write(shape.item(), shape.items.at(reached, 0));
    case Form::structure: return write_structure(shape, reached);
    case Form::choice: return write_choice(shape, reached);
    }
    return nullptr;
}

} // namespace

Json value_to_json(const Shape& shape, const void* value) { return write(shape, value); }

std::string value_to_json_text(const Shape& shape, const void* value, int indent) {
    return write(shape, value).dump(indent);
}

} // namespace passa::stellar::xdr
