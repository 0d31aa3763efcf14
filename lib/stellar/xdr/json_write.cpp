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

const std::string& write_enum(const Shape& shape, std::int32_t value) {
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
        case Form::enumeration: return put_word(write_enum(shape, load_number<std::int32_t>(value)));
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
    std::string take() {
        m_text.resize(m_size);
        return std::move(m_text);
    }

private:
    char* make_room(std::size_t size) { // for what is written next
        if (m_text.size() - m_size < size) m_text.resize(2 * m_text.size() + size + k_first_room);
        char* const room = m_text.data() + m_size;
        m_size += size;
        return room;
    }
    void put_mark(char mark) { *make_room(1) = mark; }
    void put_plain(std::string_view text) { text.copy(make_room(text.size()), text.size()); }
    template <typename T>
    void put_number(T number) {
        char digits[24];
        const auto* const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
        put_plain({std::begin(digits), end});
    }
    template <typename T>
    void put_digits(T number) {
        put_mark('"');
        put_number(number);
        put_mark('"');
    }
    void put_quoted(std::string_view text) { // printable: SEP-51 has escapes of its own for all else
        if (text.find('"') == std::string_view::npos && text.find('\\') == std::string_view::npos)
            return put_word(text);
        put_mark('"');
        for (const char c : text) {
            if (c == '"' || c == '\\') put_mark('\\');
            put_mark(c);
        }
        put_mark('"');
    }
    void put_word(std::string_view word) { // with nothing in it to escape
        char* const room = make_room(word.size() + 2);
        room[0] = '"';
        word.copy(room + 1, word.size());
        room[word.size() + 1] = '"';
    }
    void put_hex(ByteView bytes) {
        constexpr std::string_view k_digits = "0123456789abcdef";
        put_mark('"');
        char* digit = make_room(2 * bytes.size());
        for (const auto byte : bytes) {
            *digit++ = k_digits[byte >> 4U];
            *digit++ = k_digits[byte & 15U];
        }
        put_mark('"');
    }
    void put_items(const Shape& shape, void* value) {
        put_mark('[');
        const auto size = shape.items.size(value);
        for (std::size_t i = 0; i < size; ++i) {
            if (i > 0) put_mark(',');
            put(shape.item(), shape.items.at(value, i));
        }
        put_mark(']');
    }
    void put_structure(const Shape& shape, void* value) {
        put_mark('{');
        for (bool first = true; const auto& member : shape.members) {
            if (!std::exchange(first, false)) put_mark(',');
            put_word(member.name);
            put_mark(':');
            put(member.shape(), member.reach(value));
        }
        put_mark('}');
    }
    void put_choice(const Shape& shape, void* value) {
        const auto type = shape.choice.type(value);
        void* const arm = shape.choice.arm(value);
        if (arm == nullptr) return put_case(shape, type);
        put_mark('{');
        put_case(shape, type);
        put_mark(':');
        put(shape.find_case(type)->shape(), arm);
        put_mark('}');
    }
    void put_case(const Shape& shape, std::int32_t type) {
        const auto* const entry = shape.int_switch ? nullptr : shape.switch_shape().find_name(type);
        return entry == nullptr ? put_word(shape.case_name(type)) : put_word(entry->name);
    }

    static constexpr std::size_t k_first_room = 1024;

    std::string m_text; // longer than what is written
    std::size_t m_size = 0;
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
