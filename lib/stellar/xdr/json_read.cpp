// SEP-51 JSON to values. The path of a refusal is gathered while the recursion unwinds.
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace passa::stellar::xdr {
namespace {

using Json = nlohmann::ordered_json;

constexpr int k_max_depth = 500;

class Reader {
public:
    bool read(const Shape& shape, const Json& json, void* value) { // types nest
        if (++m_depth > k_max_depth) return refuse("nested too deeply");
        const bool done =
            shape.text.read != nullptr ? read_text_form(shape, json, value) : read_form(shape, json, value);
        --m_depth;
        return done;
    }

    [[nodiscard]] Problem problem(std::string_view type) const {
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
    bool within(std::string part) {
        m_path.push_back(std::move(part));
        return false;
    }

    bool read_form(const Shape& shape, const Json& json, void* value) {
        switch (shape.form) {
        case Form::boolean:
            if (!json.is_boolean()) return refuse("need true or false");
            store_number(value, json.get<bool>());
            return true;
        case Form::int32: return read_number<std::int32_t>(json, value);
        case Form::uint32: return read_number<std::uint32_t>(json, value);
        case Form::int64: return read_number<std::int64_t>(json, value);
        case Form::uint64: return read_number<std::uint64_t>(json, value);
        case Form::enumeration: return read_enum(shape, json, value);
        case Form::fixed_opaque:
        case Form::opaque: return read_opaque(shape, json, value);
        case Form::text: return read_string(shape, json, *static_cast<std::string*>(value));
        case Form::list:
        case Form::array: return read_items(shape, json, value);
        case Form::optional:
            shape.items.clear(value);
            return json.is_null() || read(shape.item(), json, shape.items.append(value));
        case Form::structure: return read_structure(shape, json, value);
        case Form::choice: return read_choice(shape, json, value);
        }
        return false;
    }

    bool read_text_form(const Shape& shape, const Json& json, void* value) {
        if (json.is_string() && shape.text.read(json.get_ref<const std::string&>(), value)) return true;
        if (json.is_number_integer() && shape.text.read(json.dump(), value)) return true;
        return refuse(fmt::format("not a {}", shape.name));
    }
    template <typename T>
    bool read_number(const Json& json, void* value) {
        const auto text = json.is_string() ? json.get<std::string>() : json.is_number_integer() ? json.dump() : "";
        T number{};
        const auto done = std::from_chars(text.data(), text.data() + text.size(), number);
        if (text.empty() || done.ec != std::errc{} || done.ptr != text.data() + text.size())
            return refuse("not a whole number in range");
        store_number(value, number);
        return true;
    }
    bool read_enum(const Shape& shape, const Json& json, void* value) {
        const auto* const name = json.is_string() ? shape.find_name(json.get_ref<const std::string&>()) : nullptr;
        if (name == nullptr) return refuse(fmt::format("not a value of {}", shape.name));
        store_number(value, name->value);
        return true;
    }
    bool read_opaque(const Shape& shape, const Json& json, void* value) {
        if (!json.is_string()) return refuse("need hex digits");
        auto bytes = parse_hex(json.get_ref<const std::string&>());
        if (!bytes) return refuse("need hex digits");
        const bool fits = shape.form == Form::opaque ? bytes->size() <= shape.limit : bytes->size() == shape.limit;
        if (!fits) return refuse(fmt::format("{} bytes where {} fit", bytes->size(), shape.limit));
        if (shape.form == Form::opaque)
            *static_cast<Bytes*>(value) = std::move(bytes).value();
        else
            std::copy(bytes->begin(), bytes->end(), static_cast<std::uint8_t*>(value));
        return true;
    }
    bool read_string(const Shape& shape, const Json& json, std::string& value) {
        if (!json.is_string() || !unescape(json.get_ref<const std::string&>(), value)) return refuse("need a string");
        return value.size() <= shape.limit || refuse(fmt::format("{} bytes where {} fit", value.size(), shape.limit));
    }
    bool read_items(const Shape& shape, const Json& json, void* value) {
        const bool fits =
            json.is_array() && (shape.form == Form::list ? json.size() <= shape.limit : json.size() == shape.limit);
        if (!fits) return refuse("need a list of the right length");
        if (shape.form == Form::list) shape.items.clear(value);
        for (std::size_t i = 0; i < json.size(); ++i) {
            void* const item = shape.form == Form::list ? shape.items.append(value) : shape.items.at(value, i);
            if (!read(shape.item(), json[i], item)) return within(fmt::format("[{}]", i));
        }
        return true;
    }
    bool read_structure(const Shape& shape, const Json& json, void* value) {
        if (!json.is_object()) return refuse("need an object");
        for (const auto& member : shape.members) {
            const auto found = json.find(std::string{member.name});
            if (found == json.end()) return refuse(fmt::format("the field {} is missing", member.name));
            if (!read(member.shape(), *found, member.reach(value))) return within(std::string{member.name});
        }
        if (json.size() != shape.members.size())
            return refuse(fmt::format("a field that {} does not have", shape.name));
        return true;
    }
    bool read_choice(const Shape& shape, const Json& json, void* value) {
        const bool has_arm = json.is_object() && json.size() == 1;
        if (!has_arm && !json.is_string()) return refuse("need one case: its name, or an object with that one key");
        const std::string name = has_arm ? json.begin().key() : json.get<std::string>();
        for (const auto& entry : shape.cases) {
            if (shape.case_name(entry.value) != name || (entry.shape != nullptr) != has_arm) continue;
            if (has_arm) return read(entry.shape(), json.begin().value(), entry.select(value)) || within(name);
            shape.choice.select_void(value, entry.value);
            return true;
        }
        return refuse(fmt::format("{} is not a case of {}", printable(name, 60), shape.name));
    }

    int m_depth = 0;
    std::string m_why;
    std::vector<std::string> m_path; // innermost first
};

// The parser itself has no depth limit: count brackets outside strings before it starts.
bool is_shallow(std::string_view json) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '"') quoted = !quoted;
        if (quoted && json[i] == '\\') ++i;
        if (quoted) continue;
        if (json[i] == '[' || json[i] == '{') ++depth;
        if (json[i] == ']' || json[i] == '}') --depth;
        if (depth > k_max_depth) return false;
    }
    return true;
}

} // namespace

Result<Done> value_from_json(const Shape& shape, const Json& json, void* value) {
    Reader reader;
    if (!reader.read(shape, json, value)) return reader.problem(shape.name);
    return Done{};
}

Result<Done> value_from_json_text(const Shape& shape, std::string_view text, void* value) {
    if (!is_shallow(text)) return Problem{Kind::invalid_input, "xdr.json", "JSON nested too deeply", ""};
    const auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return Problem{Kind::invalid_input, "xdr.json", "this is not JSON", ""};
    return value_from_json(shape, json, value);
}

} // namespace passa::stellar::xdr
