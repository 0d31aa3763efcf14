// Values to SEP-51 JSON: as a tree, and as text without one, which is what is asked for most. Tests hold the two equal.
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

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

class TextWriter {
public:
    void put(const Shape& shape, const void* value) { // types nest
        if (shape.text.write != nullptr) return put_quoted(shape.text.write(value));
        void* const reached = const_cast<void*>(value); // reaching inside does not change the value
        switch (shape.form) {
        case Form::boolean: return put_plain(load_number<bool>(value) ? "true" : "false");
        case Form::int32: return put_number(load_number<std::int32_t>(value));
        case Form::uint32: return put_number(load_number<std::uint32_t>(value));
        case Form::int64: return put_digits(load_number<std::int64_t>(value));
        case Form::uint64: return put_digits(load_number<std::uint64_t>(value));
        case Form::enumeration: return put_quoted(write_enum(shape, load_number<std::int32_t>(value)));
        case Form::fixed_opaque: return put_hex({static_cast<const std::uint8_t*>(value), shape.limit});
        case Form::opaque: return put_hex(*static_cast<const Bytes*>(value));
        case Form::text: return put_quoted(escape(*static_cast<const std::string*>(value)));
        case Form::list:
        case Form::array: return put_items(shape, reached);
        case Form::optional:
            if (shape.items.size(value) == 0) return put_plain("null");
            return put(shape.item(), shape.items.at(reached, 0));
        case Form::structure: return put_structure(shape, reached);
        case Form::choice: return put_choice(shape, reached);
        }
    }
    std::string take() { return std::move(m_text); }

private:
    void put_plain(std::string_view text) { m_text += text; }
    template <typename T>
    void put_number(T number) {
        char digits[24];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
        m_text.append(std::begin(digits), end);
    }
    template <typename T>
    void put_digits(T number) {
        m_text += '"';
        put_number(number);
        m_text += '"';
    }
    void put_quoted(std::string_view text) { // printable: SEP-51 has escapes of its own for all else
        m_text += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') m_text += '\\';
            m_text += c;
        }
        m_text += '"';
    }
    void put_hex(ByteView bytes) {
        constexpr std::string_view k_digits = "0123456789abcdef";
        m_text += '"';
        for (const auto byte : bytes) {
            m_text += k_digits[byte >> 4U];
            m_text += k_digits[byte & 15U];
        }
        m_text += '"';
    }
    void put_name(std::string_view name) {
        m_text += '"';
        m_text += name;
        m_text += "\":";
    }
    void put_items(const Shape& shape, void* value) {
        m_text += '[';
        for (std::size_t i = 0; i < shape.items.size(value); ++i) {
            if (i > 0) m_text += ',';
            put(shape.item(), shape.items.at(value, i));
        }
        m_text += ']';
    }
    void put_structure(const Shape& shape, void* value) {
        m_text += '{';
        for (bool first = true; const auto& member : shape.members) {
            if (!std::exchange(first, false)) m_text += ',';
            put_name(member.name);
            put(member.shape(), member.reach(value));
        }
        m_text += '}';
    }
    void put_choice(const Shape& shape, void* value) {
        const auto type = shape.choice.type(value);
        void* const arm = shape.choice.arm(value);
        if (arm == nullptr) return put_quoted(shape.case_name(type));
        m_text += '{';
        put_name(shape.case_name(type));
        put(shape.find_case(type)->shape(), arm);
        m_text += '}';
    }

    std::string m_text;
};

} // namespace

Json value_to_json(const Shape& shape, const void* value) { return write(shape, value); }

std::string value_to_json_text(const Shape& shape, const void* value, int indent) {
    if (indent >= 0) return write(shape, value).dump(indent);
    TextWriter writer;
    writer.put(shape, value);
    return writer.take();
}

} // namespace passa::stellar::xdr
