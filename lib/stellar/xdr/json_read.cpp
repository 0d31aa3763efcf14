// SEP-51 JSON to values, filled as the text is read: a type says what must come next. The path of a refusal is gathered
// while the recursion unwinds.
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/json_scan.hpp"
#include "lib/stellar/xdr/shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <bitset>
#include <charconv>

namespace passa::stellar::xdr {
namespace {

using Json = nlohmann::ordered_json;

constexpr int k_max_depth = 500;
constexpr std::size_t k_max_bytes = 64U << 20U; // the codec's 16 MiB of XDR, in hex and with its names
constexpr std::size_t k_max_members = 256;      // describe.hpp has no more

constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

constexpr bool begins_value(char c) {
    return is_digit(c) || std::string_view{"\"{[-tfn"}.find(c) != std::string_view::npos;
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_json(text) {}

    bool read_all(const Shape& shape, void* value) { return read(shape, value) && (m_json.at_end() || break_off()); }

    [[nodiscard]] Problem problem(std::string_view type) const {
        if (m_broken) return {Kind::invalid_input, "xdr.json", "this is not JSON", ""};
        std::string path;
        for (auto part = m_path.rbegin(); part != m_path.rend(); ++part)
            path += part->starts_with('[') || path.empty() ? *part : "." + *part;
        return {Kind::invalid_input, "xdr.json", fmt::format("{}: {}{}{}", type, path, path.empty() ? "" : ": ", m_why),
                ""};
    }

private:
    bool refuse(std::string why) {
        m_why = std::move(why);
        return false;
    }
    bool break_off() {
        m_broken = true;
        return false;
    }
    bool within(std::string part) {
        m_path.push_back(std::move(part));
        return false;
    }
    bool read_text(std::string_view& text, std::string_view why) {
        if (m_json.peek() != '"') return refuse(std::string{why});
        return m_json.take_string(text) || break_off();
    }

    bool read(const Shape& shape, void* value) { // types nest
        if (!begins_value(m_json.peek())) return break_off();
        if (++m_depth > k_max_depth) return refuse("nested too deeply");
        const bool done = shape.text.read != nullptr ? read_text_form(shape, value) : read_form(shape, value);
        --m_depth;
        return done;
    }

    bool read_form(const Shape& shape, void* value) {
        switch (shape.form) {
        case Form::boolean: return read_boolean(value);
        case Form::int32: return read_number<std::int32_t>(value);
        case Form::uint32: return read_number<std::uint32_t>(value);
        case Form::int64: return read_number<std::int64_t>(value);
        case Form::uint64: return read_number<std::uint64_t>(value);
        case Form::enumeration: return read_enum(shape, value);
        case Form::fixed_opaque:
        case Form::opaque: return read_opaque(shape, value);
        case Form::text: return read_string(shape, *static_cast<std::string*>(value));
        case Form::list:
        case Form::array: return read_items(shape, value);
        case Form::optional:
            shape.items.clear(value);
            return m_json.take_word("null") || read(shape.item(), shape.items.append(value));
        case Form::structure: return read_structure(shape, value);
        case Form::choice: return read_choice(shape, value);
        }
        return false;
    }

    bool read_boolean(void* value) {
        const bool yes = m_json.take_word("true");
        if (!yes && !m_json.take_word("false")) return refuse("need true or false");
        store_number(value, yes);
        return true;
    }
    // A string, or the digits of a number, which is accepted where SEP-51 writes a string of digits.
    bool read_digits(std::string_view& digits, std::string_view why) {
        if (m_json.peek() == '"') return m_json.take_string(digits) || break_off();
        return m_json.take_whole_number(digits) || refuse(std::string{why});
    }
    bool read_text_form(const Shape& shape, void* value) {
        std::string_view text;
        if (m_json.peek() == '"' && !m_json.take_string(text)) return break_off();
        if (text.data() == nullptr && !m_json.take_whole_number(text)) return refuse_text_form(shape);
        return shape.text.read(text, value) || refuse_text_form(shape);
    }
    bool refuse_text_form(const Shape& shape) { return refuse(fmt::format("not a {}", shape.name)); }
    template <typename T>
    bool read_number(void* value) {
        constexpr std::string_view k_why = "not a whole number in range";
        std::string_view text;
        if (!read_digits(text, k_why)) return false;
        T number{};
        const auto done = std::from_chars(text.data(), text.data() + text.size(), number);
        if (text.empty() || done.ec != std::errc{} || done.ptr != text.data() + text.size())
            return refuse(std::string{k_why});
        store_number(value, number);
        return true;
    }
    bool read_enum(const Shape& shape, void* value) {
        std::string_view text;
        if (m_json.peek() == '"' && !m_json.take_string(text)) return break_off();
        const auto* const name = text.empty() ? nullptr : shape.find_name(text);
        if (name == nullptr) return refuse(fmt::format("not a value of {}", shape.name));
        store_number(value, name->value);
        return true;
    }
    bool read_opaque(const Shape& shape, void* value) {
        constexpr std::string_view k_why = "need hex digits";
        std::string_view text;
        if (!read_text(text, k_why)) return false;
        const auto size = text.size() / 2;
        const bool fits = shape.form == Form::opaque ? size <= shape.limit : size == shape.limit;
        if (text.size() % 2 != 0) return refuse(std::string{k_why});
        if (!fits) return refuse(fmt::format("{} bytes where {} fit", size, shape.limit));
        auto* bytes = static_cast<std::uint8_t*>(value);
        if (shape.form == Form::opaque) {
            static_cast<Bytes*>(value)->resize(size);
            bytes = static_cast<Bytes*>(value)->data();
        }
        for (std::size_t i = 0; i < size; ++i) {
            const int byte = hex_value(text[2 * i]) * 16 | hex_value(text[2 * i + 1]); // no digit: negative
            if (byte < 0) return refuse(std::string{k_why});
            bytes[i] = static_cast<std::uint8_t>(byte);
        }
        return true;
    }
    bool read_string(const Shape& shape, std::string& value) {
        std::string_view text;
        if (!read_text(text, "need a string")) return false;
        if (!unescape(text, value)) return refuse("need a string");
        return value.size() <= shape.limit || refuse(fmt::format("{} bytes where {} fit", value.size(), shape.limit));
    }
    bool read_items(const Shape& shape, void* value) {
        constexpr std::string_view k_why = "need a list of the right length";
        const bool is_list = shape.form == Form::list;
        if (!m_json.take('[')) return refuse(std::string{k_why});
        if (is_list) shape.items.clear(value);
        std::size_t size = 0;
        const bool is_empty = m_json.take(']');
        if (!is_empty) do {
                if (size == shape.limit) return refuse(std::string{k_why});
                void* const item = is_list ? shape.items.append(value) : shape.items.at(value, size);
                if (!read(shape.item(), item)) return within(fmt::format("[{}]", size));
                ++size;
            } while (m_json.take(','));
        if (!is_empty && !m_json.take(']')) return break_off();
        return is_list || size == shape.limit || refuse(std::string{k_why});
    }
    bool read_structure(const Shape& shape, void* value) {
        if (!m_json.take('{')) return refuse("need an object");
        std::bitset<k_max_members> seen;
        std::size_t next = 0; // mostly fields come in their order
        const bool is_empty = m_json.take('}');
        if (!is_empty) do {
                if (!read_member(shape, value, seen, next)) return false;
            } while (m_json.take(','));
        if (!is_empty && !m_json.take('}')) return break_off();
        for (std::size_t i = 0; i < shape.members.size(); ++i)
            if (!seen[i]) return refuse(fmt::format("the field {} is missing", shape.members[i].name));
        return true;
    }
    bool read_member(const Shape& shape, void* value, std::bitset<k_max_members>& seen, std::size_t& next) {
        const auto& members = shape.members;
        std::string_view name;
        if (!m_json.take_string(name)) return break_off();
        if (next >= members.size() || members[next].name != name)
            for (next = 0; next < members.size() && members[next].name != name;) ++next;
        if (next == members.size()) return refuse(fmt::format("a field that {} does not have", shape.name));
        const auto& member = members[next];
        if (seen[next]) return refuse(fmt::format("the field {} is given twice", member.name));
        seen.set(next++);
        if (!m_json.take(':')) return break_off();
        return read(member.shape(), member.reach(value)) || within(std::string{member.name});
    }
    bool read_choice(const Shape& shape, void* value) {
        const bool has_arm = m_json.take('{');
        std::string_view name;
        if (has_arm && m_json.peek() == '}') return refuse(k_no_choice);
        if (!has_arm && m_json.peek() != '"') return refuse(k_no_choice);
        if (!m_json.take_string(name)) return break_off();
        const auto* const found = find_case(shape, name);
        if (found == nullptr || (found->shape != nullptr) != has_arm)
            return refuse(fmt::format("{} is not a case of {}", printable(name, 60), shape.name));
        if (!has_arm) {
            shape.choice.select_void(value, found->value);
            return true;
        }
        if (!m_json.take(':')) return break_off();
        if (!read(found->shape(), found->select(value))) return within(shape.case_name(found->value));
        if (m_json.peek() == ',') return refuse(k_no_choice);
        return m_json.take('}') || break_off();
    }
    static const Case* find_case(const Shape& shape, std::string_view name) {
        if (!shape.int_switch) {
            const auto* const entry = shape.switch_shape().find_name(name);
            return entry == nullptr ? nullptr : shape.find_case(entry->value);
        }
        for (const auto& entry : shape.cases)
            if (shape.case_name(entry.value) == name) return &entry;
        return nullptr;
    }

    static constexpr const char* k_no_choice = "need one case: its name, or an object with that one key";

    JsonScanner m_json;
    int m_depth = 0;
    bool m_broken = false;
    std::string m_why;
    std::vector<std::string> m_path; // innermost first
};

} // namespace

Result<Done> value_from_json(const Shape& shape, const Json& json, void* value) {
    try {
        return value_from_json_text(shape, json.dump(), value);
    } catch (const Json::type_error&) { // a string that is no UTF-8 was put into the tree
        return Problem{Kind::invalid_input, "xdr.json", "this is not JSON", ""};
    }
}

Result<Done> value_from_json_text(const Shape& shape, std::string_view text, void* value) {
    if (text.size() > k_max_bytes)
        return Problem{Kind::invalid_input, "xdr.json",
                       fmt::format("JSON of {} bytes, limit {}", text.size(), k_max_bytes), ""};
    Reader reader{text};
    if (!reader.read_all(shape, value)) return reader.problem(shape.name);
    return Done{};
}

} // namespace passa::stellar::xdr
