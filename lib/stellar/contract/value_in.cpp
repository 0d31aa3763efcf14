// From JSON to values. The path of a refusal is gathered while the recursion unwinds.
#include "lib/base/text.hpp"
#include "lib/stellar/contract/order.hpp"
#include "lib/stellar/contract/scalar.hpp"
#include "lib/stellar/contract/value.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using Json = nlohmann::ordered_json;
using Of = xdr::ScSpecType;
using Val = xdr::ScValType;
using Maybe = std::optional<xdr::ScVal>; // null: refused

std::string shown(const Json& json) { return printable(json.dump(-1, ' ', false, Json::error_handler_t::replace), 60); }

xdr::ScVal error_value(std::uint32_t number) {
    return xdr::ScVal{xdr::as<Val::error>, xdr::ScError{xdr::as<xdr::ScErrorType::contract>, number}};
}

class ValueIn {
public:
    explicit ValueIn(const Reading& reading) : m_reading(reading) {}

    Maybe read(const xdr::ScSpecTypeDef& type, const Json& json) { // types nest
        if (m_depth == k_deepest) return refuse(type, json, fmt::format("nested deeper than {} levels", k_deepest));
        if (++m_items > k_most_items) return refuse(type, json, fmt::format("more than {} items", k_most_items));
        ++m_depth;
        auto value = read_inside(type, json);
        --m_depth;
        return value;
    }

    [[nodiscard]] Problems problems(std::string_view name) const {
        auto path = std::string{name};
        for (auto part = m_path.rbegin(); part != m_path.rend(); ++part)
            path += part->starts_with('[') || path.empty() ? *part : "." + *part;
        auto problems = m_problems;
        for (auto& problem : problems) {
            problem.message = fmt::format("{}: {}", printable(path), problem.message);
            problem.facts.emplace_back("path", printable(path));
        }
        return problems;
    }

private:
    Maybe refuse(const xdr::ScSpecTypeDef& type, const Json& json, std::string_view why = {}) {
        auto message =
            fmt::format("{} is no {}{}{}", shown(json), printable(type_name(type)), why.empty() ? "" : ": ", why);
        m_problems = {{Kind::invalid_input, "contract.value", std::move(message),
                       fmt::format("for example {}", printable(example_of(m_reading.spec, type)))}};
        return std::nullopt;
    }
    Maybe within(std::string part) {
        m_path.push_back(std::move(part));
        return std::nullopt;
    }

    Maybe read_inside(const xdr::ScSpecTypeDef& type, const Json& json) {
        switch (type.type()) {
        case Of::val: return read_any(type, json);
        case Of::void_: return json.is_null() ? Maybe{xdr::ScVal{Val::void_}} : refuse(type, json);
        case Of::error: return read_error(type, json);
        case Of::address:
        case Of::muxed_address: return read_address(type, json);
        case Of::option:
            return json.is_null() ? Maybe{xdr::ScVal{Val::void_}} : read(type.get<Of::option>()->value_type, json);
        case Of::result: return read_result(type, json);
        case Of::vec: return read_vec(type, json);
        case Of::map: return read_map(type, json);
        case Of::tuple: return read_tuple(type, json);
        case Of::udt: return read_defined(type, json);
        default: return read_word(type, json);
        }
    }

    Maybe read_word(const xdr::ScSpecTypeDef& type, const Json& json) {
        const bool number = is_number(type.type());
        if (number && json.is_number_float())
            return refuse(type, json, "JSON has no digits for it, or it is no whole number; put it in quotes");
        Maybe value;
        if (json.is_string()) value = parse_scalar(type, json.get_ref<const std::string&>());
        if (number ? json.is_number_integer() : type.type() == Of::bool_ && json.is_boolean())
            value = parse_scalar(type, json.dump());
        if (type.type() == Of::string && json.is_object()) value = read_raw_string(json);
        return value ? value : refuse(type, json);
    }
    static Maybe read_raw_string(const Json& json) {
        if (json.size() != 1 || !json.contains("hex") || !json["hex"].is_string()) return std::nullopt;
        const auto bytes = parse_hex(json["hex"].get_ref<const std::string&>());
        if (!bytes) return std::nullopt;
        return xdr::ScVal{xdr::as<Val::string>, xdr::ScString{std::string{bytes->begin(), bytes->end()}}};
    }

    Maybe read_any(const xdr::ScSpecTypeDef& type, const Json& json) {
        xdr::ScVal value;
        const auto done = xdr::value_from_json(shape_of(&value), json, &value);
        return done ? Maybe{std::move(value)} : refuse(type, json, done.problem().message);
    }

    Maybe read_error(const xdr::ScSpecTypeDef& type, const Json& json) {
        if (const auto number = number_of(json)) return error_value(*number);
        xdr::ScError error;
        const auto done = xdr::value_from_json(shape_of(&error), json, &error);
        return done ? Maybe{xdr::ScVal{xdr::as<Val::error>, error}} : refuse(type, json);
    }
    static std::optional<std::uint32_t> number_of(const Json& json) {
        if (!json.is_number_unsigned() || json.get<std::uint64_t>() > UINT32_MAX) return std::nullopt;
        return json.get<std::uint32_t>();
    }

    Maybe read_address(const xdr::ScSpecTypeDef& type, const Json& json) {
        if (!json.is_string()) return refuse(type, json);
        const auto& text = json.get_ref<const std::string&>();
        if (looks_like_seed(text)) return refuse(type, "S***", "a secret seed does not belong here");
        xdr::ScAddress address;
        if (const auto colon = text.find(':'); colon != std::string::npos) {
            const auto kind = std::string_view{text}.substr(0, colon);
            if (kind != "party" && kind != "account" && kind != "contract")
                return refuse(type, json, "names begin with party:, account: or contract:");
            if (!m_reading.find_address) return refuse(type, json, "names are not known here");
            auto found = m_reading.find_address(kind, std::string_view{text}.substr(colon + 1));
            if (!found) return m_problems = found.problems(), std::nullopt;
            address = std::move(found).value();
        } else if (!xdr::from_text(text, address)) {
            return refuse(type, json);
        }
        return check_address(type, json, address);
    }
    Maybe check_address(const xdr::ScSpecTypeDef& type, const Json& json, const xdr::ScAddress& address) {
        const bool muxed = address.type() == xdr::ScAddressType::muxed_account;
        if (muxed && type.type() == Of::address)
            return refuse(type, json, "a muxed account is taken as MuxedAddress only; give the account (G...)");
        if (!muxed && address.type() != xdr::ScAddressType::account && address.type() != xdr::ScAddressType::contract)
            return refuse(type, json, "contracts know accounts (G...) and contracts (C...) only");
        return xdr::ScVal{xdr::as<Val::address>, address};
    }

    Maybe read_result(const xdr::ScSpecTypeDef& type, const Json& json) {
        const auto& result = *type.get<Of::result>();
        if (!json.is_object() || json.size() != 1) return refuse(type, json);
        const auto& arm = json.begin().key();
        if (arm != "ok" && arm != "error") return refuse(type, json);
        auto value = read(arm == "ok" ? result.ok_type : result.error_type, json.begin().value());
        return value ? value : within(arm);
    }

    Maybe read_vec(const xdr::ScSpecTypeDef& type, const Json& json) {
        if (!json.is_array()) return refuse(type, json);
        const auto& inner = type.get<Of::vec>()->element_type;
        return read_list(
            json, [&](std::size_t) -> const auto& { return inner; });
    }
    Maybe read_tuple(const xdr::ScSpecTypeDef& type, const Json& json) {
        const auto& types = type.get<Of::tuple>()->value_types;
        if (!json.is_array() || json.size() != types.size())
            return refuse(type, json, fmt::format("need a list of {}", types.size()));
        return read_list(
            json, [&](std::size_t i) -> const auto& { return types[i]; });
    }
    template <typename TypeAt>
    Maybe read_list(const Json& json, const TypeAt& type_at, xdr::ScVec items = {}) {
        for (std::size_t i = 0; i < json.size(); ++i) {
            auto item = read(type_at(i), json[i]);
            if (!item) return within(fmt::format("[{}]", i));
            items.push_back(std::move(*item));
        }
        return xdr::ScVal{xdr::as<Val::vec>, std::move(items)};
    }

    Maybe read_map(const xdr::ScSpecTypeDef& type, const Json& json) {
        const auto& types = *type.get<Of::map>();
        if (!json.is_object() && !json.is_array()) return refuse(type, json);
        xdr::ScMap map;
        std::size_t place = 0;
        for (const auto& [name, inner] : json.items()) {
            const bool pair = json.is_array() && inner.is_array() && inner.size() == 2;
            if (json.is_array() && !pair)
                return refuse(type, inner, "need [key, value]"), within(fmt::format("[{}]", place));
            auto key = pair ? read(types.key_type, inner[0]) : read(types.key_type, key_json(types.key_type, name));
            auto value = key ? read(types.value_type, pair ? inner[1] : inner) : std::nullopt;
            if (!value) return within(pair ? fmt::format("[{}]", place) : name);
            map.push_back({std::move(*key), std::move(*value)});
            ++place;
        }
        return sorted(type, json, std::move(map));
    }
    static Json key_json(const xdr::ScSpecTypeDef& type, const std::string& name) {
        if (type.type() == Of::bool_ && (name == "true" || name == "false")) return name == "true";
        return name;
    }
    Maybe sorted(const xdr::ScSpecTypeDef& type, const Json& json, xdr::ScMap map) {
        if (!sort_map(map)) return refuse(type, json, "a key comes twice");
        return xdr::ScVal{xdr::as<Val::map>, std::move(map)};
    }

    Maybe read_defined(const xdr::ScSpecTypeDef& type, const Json& json) {
        const auto& spec = m_reading.spec;
        const auto& name = type.get<Of::udt>().name;
        if (const auto it = spec.structs.find(name); it != spec.structs.end())
            return is_tuple_struct(it->second) ? read_tuple_struct(type, it->second, json)
                                               : read_struct(type, it->second, json);
        if (const auto it = spec.unions.find(name); it != spec.unions.end()) return read_union(type, it->second, json);
        if (const auto it = spec.enums.find(name); it != spec.enums.end()) {
            const auto number = read_number(it->second.cases, json);
            return number ? Maybe{xdr::ScVal{xdr::as<Val::u32>, *number}} : refuse_choice(type, it->second.cases, json);
        }
        if (const auto it = spec.errors.find(name); it != spec.errors.end()) {
            const auto number = read_number(it->second.cases, json);
            return number ? Maybe{error_value(*number)} : refuse_choice(type, it->second.cases, json);
        }
        m_problems = {
            {Kind::invalid_input, "contract.type",
             fmt::format("the contract's interface names the type {} and does not say what it is", printable(name)),
             "build the contract again with its whole interface"}};
        return std::nullopt;
    }

    template <typename Cases>
    static std::optional<std::uint32_t> read_number(const Cases& cases, const Json& json) {
        const auto number = number_of(json);
        const auto it = std::find_if(cases.begin(), cases.end(), [&](const auto& one) {
            return number ? one.value == *number : json.is_string() && json.get_ref<const std::string&>() == one.name;
        });
        return it == cases.end() ? std::nullopt : std::optional{std::uint32_t{it->value}};
    }
    template <typename Cases>
    Maybe refuse_choice(const xdr::ScSpecTypeDef& type, const Cases& cases, const Json& json) {
        std::string names;
        for (const auto& one : cases) names += (names.empty() ? "" : ", ") + std::string{one.name};
        return refuse(type, json, "it is one of " + printable(names, 300));
    }

    Maybe read_tuple_struct(const xdr::ScSpecTypeDef& type, const xdr::ScSpecUdtStructV0& told, const Json& json) {
        if (!json.is_array() || json.size() != told.fields.size())
            return refuse(type, json, fmt::format("need a list of {}", told.fields.size()));
        return read_list(
            json, [&](std::size_t i) -> const auto& { return told.fields[i].type; });
    }
    Maybe read_struct(const xdr::ScSpecTypeDef& type, const xdr::ScSpecUdtStructV0& told, const Json& json) {
        if (!json.is_object()) return refuse(type, json);
        xdr::ScMap map;
        std::size_t used = 0;
        for (const auto& field : told.fields) {
            const auto given = json.find(field.name);
            if (given == json.end() && field.type.type() != Of::option)
                return refuse(type, json, fmt::format("the field {} is missing", printable(field.name)));
            used += given == json.end() ? 0 : 1;
            auto value = read(field.type, given == json.end() ? Json(nullptr) : *given);
            if (!value) return within(field.name);
            map.push_back({xdr::ScVal{xdr::as<Val::symbol>, xdr::ScSymbol{field.name}}, std::move(*value)});
        }
        if (used != json.size()) return refuse_field(type, told, json);
        return sorted(type, json, std::move(map));
    }
    Maybe refuse_field(const xdr::ScSpecTypeDef& type, const xdr::ScSpecUdtStructV0& told, const Json& json) {
        std::vector<std::string> known{};
        for (const auto& field : told.fields) known.push_back(field.name);
        for (const auto& [name, value] : json.items()) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            const auto near = nearest_names(name, known);
            return refuse(type, json,
                          fmt::format("it has no field {}{}{}", printable(name, 60), near.empty() ? "" : "; perhaps ",
                                      near.empty() ? "" : near.front()));
        }
        return refuse(type, json);
    }

    Maybe read_union(const xdr::ScSpecTypeDef& type, const xdr::ScSpecUdtUnionV0& told, const Json& json) {
        using Case = xdr::ScSpecUdtUnionCaseV0Kind;
        const bool bare = json.is_string();
        if (!bare && (!json.is_object() || json.size() != 1)) return refuse(type, json);
        const auto name = bare ? json.get<std::string>() : json.begin().key();
        for (const auto& one : told.cases) {
            const auto* tuple = one.find<Case::tuple_v0>();
            const std::string& known = tuple != nullptr ? tuple->name : one.get<Case::void_v0>().name;
            if (known != name || bare != (tuple == nullptr) || name.size() > k_longest_symbol) continue;
            xdr::ScVec start{xdr::ScVal{xdr::as<Val::symbol>, xdr::ScSymbol{name}}};
            if (tuple == nullptr) return xdr::ScVal{xdr::as<Val::vec>, std::move(start)};
            return read_case(type, *tuple, json.begin().value(), std::move(start));
        }
        return refuse(type, json, fmt::format("it has no such case{}", bare ? " without values" : " with values"));
    }
    Maybe read_case(const xdr::ScSpecTypeDef& type, const xdr::ScSpecUdtUnionCaseTupleV0& told, const Json& json,
                    xdr::ScVec start) {
        const bool alone = told.type.size() == 1 && !json.is_array(); // as the Rust command line writes it
        const Json list = alone ? Json::array({json}) : json;
        if (!list.is_array() || list.size() != told.type.size())
            return refuse(type, json, fmt::format("{} takes a list of {}", printable(told.name), told.type.size()));
        auto value = read_list(
            list, [&](std::size_t i) -> const auto& { return told.type[i]; }, std::move(start));
        return value ? value : within(told.name);
    }

    const Reading& m_reading;
    int m_depth = 0;
    std::size_t m_items = 0;
    Problems m_problems;
    std::vector<std::string> m_path; // innermost first
};

} // namespace

Result<xdr::ScVal> read_value(const Reading& reading, const Wanted& wanted, const Json& json) {
    ValueIn in{reading};
    auto value = in.read(wanted.type, json);
    if (!value) return in.problems(wanted.name);
    return std::move(*value);
}

} // namespace passa::stellar::contract
