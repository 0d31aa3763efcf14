// From values to JSON. What a contract answers need not be what its interface promises.
#include "lib/base/text.hpp"
#include "lib/stellar/contract/scalar.hpp"
#include "lib/stellar/contract/value.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/shape.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using Json = nlohmann::ordered_json;
using Of = xdr::ScSpecType;
using Val = xdr::ScValType;
using Written = std::optional<Json>; // null: it is not of that type

constexpr int k_deepest_any = 500; // of a Val, as deep as its JSON can be read

bool is_shallow(const xdr::ScVal& value, int levels) { // values nest
    if (levels == 0) return false;
    if (const auto* list = value.find<Val::vec>(); list != nullptr && *list)
        return std::all_of((*list)->begin(), (*list)->end(),
                           [&](const auto& item) { return is_shallow(item, levels - 1); });
    const auto fits = [&](const auto& entry) {
        return is_shallow(entry.key, levels - 1) && is_shallow(entry.val, levels - 1);
    };
    const xdr::ScMap* map = nullptr;
    if (const auto* plain = value.find<Val::map>(); plain != nullptr && *plain) map = &**plain;
    if (const auto* instance = value.find<Val::contract_instance>(); instance != nullptr && instance->storage)
        map = &*instance->storage;
    return map == nullptr || std::all_of(map->begin(), map->end(), fits);
}

class ValueOut {
public:
    explicit ValueOut(const Spec& spec) : m_spec(spec) {}

    Written write(const xdr::ScSpecTypeDef& type, const xdr::ScVal& value) { // types nest
        if (m_depth == k_deepest) return std::nullopt;
        ++m_depth;
        auto json = write_inside(type, value);
        --m_depth;
        return json;
    }

private:
    Written write_inside(const xdr::ScSpecTypeDef& type, const xdr::ScVal& value) {
        switch (type.type()) {
        case Of::val: return xdr::to_json(value);
        case Of::error: return write_error(value);
        case Of::option:
            return value.type() == Val::void_ ? Written{nullptr} : write(type.get<Of::option>()->value_type, value);
        case Of::result: return write_result(*type.get<Of::result>(), value);
        case Of::vec: return write_vec(type.get<Of::vec>()->element_type, value);
        case Of::map: return write_map(*type.get<Of::map>(), value);
        case Of::tuple: return write_fields(type.get<Of::tuple>()->value_types, items_of(value), 0);
        case Of::udt: return write_defined(type.get<Of::udt>().name, value);
        default: return write_word(type, value);
        }
    }

    Written write_vec(const xdr::ScSpecTypeDef& inner, const xdr::ScVal& value) {
        return write_list(
            items_of(value), 0, [&](std::size_t) -> const auto& { return inner; });
    }
    static Written write_word(const xdr::ScSpecTypeDef& type, const xdr::ScVal& value) {
        if (kind_of(type.type()) != value.type()) return std::nullopt;
        if (value.type() == Val::void_) return Json(nullptr);
        if (const auto* flag = value.find<Val::bool_>()) return Json(*flag);
        if (const auto* number = value.find<Val::u32>()) return Json(*number);
        if (const auto* number = value.find<Val::i32>()) return Json(*number);
        if (const auto* text = value.find<Val::string>(); text != nullptr && !is_utf8(*text))
            return Json{{"hex", to_hex(as_bytes(*text))}};
        auto text = scalar_text(value);
        if (value.type() != Val::address && !parse_scalar(type, text))
            return std::nullopt; // a symbol or size it may not be
        return Json(std::move(text));
    }

    static Written write_error(const xdr::ScVal& value) {
        const auto* error = value.find<Val::error>();
        return error == nullptr ? std::nullopt : Written{xdr::to_json(*error)};
    }
    Written write_result(const xdr::ScSpecTypeResult& type, const xdr::ScVal& value) {
        if (value.type() == Val::error)
            if (auto error = write(type.error_type, value)) return Json{{"error", std::move(*error)}};
        auto ok = write(type.ok_type, value);
        if (!ok) return std::nullopt;
        return Json{{"ok", std::move(*ok)}};
    }

    static const xdr::ScVec* items_of(const xdr::ScVal& value) {
        const auto* list = value.find<Val::vec>();
        return list != nullptr && *list ? &**list : nullptr;
    }
    template <typename TypeAt>
    Written write_list(const xdr::ScVec* items, std::size_t from, const TypeAt& type_at) {
        if (items == nullptr) return std::nullopt;
        auto list = Json::array();
        for (std::size_t i = from; i < items->size(); ++i) {
            auto item = write(type_at(i - from), (*items)[i]);
            if (!item) return std::nullopt;
            list.push_back(std::move(*item));
        }
        return list;
    }
    template <typename Types>
    Written write_fields(const Types& types, const xdr::ScVec* items, std::size_t from) {
        if (items == nullptr || items->size() != types.size() + from) return std::nullopt;
        return write_list(
            items, from, [&](std::size_t i) -> const auto& { return types[i]; });
    }

    Written write_map(const xdr::ScSpecTypeMap& types, const xdr::ScVal& value) {
        const auto* map = value.find<Val::map>();
        if (map == nullptr || !*map) return std::nullopt;
        auto pairs = Json::array();
        bool words = kind_of(types.key_type.type()).has_value() && types.key_type.type() != Of::void_;
        for (const auto& entry : **map) {
            auto key = write(types.key_type, entry.key);
            auto inner = key ? write(types.value_type, entry.val) : std::nullopt;
            if (!inner) return std::nullopt;
            words = words && !key->is_object(); // a string that is no UTF-8
            pairs.push_back(Json::array({std::move(*key), std::move(*inner)}));
        }
        return words ? as_object(pairs) : pairs;
    }
    static Json as_object(const Json& pairs) {
        auto object = nlohmann::ordered_json::object();
        for (const auto& pair : pairs) {
            auto name = pair[0].is_string() ? pair[0].get<std::string>() : pair[0].dump();
            if (object.contains(name)) return pairs; // the host forbids it; nothing is left out of what is shown
            object[name] = pair[1];
        }
        return object;
    }

    Written write_defined(const std::string& name, const xdr::ScVal& value) {
        if (const auto it = m_spec.structs.find(name); it != m_spec.structs.end())
            return is_tuple_struct(it->second) ? write_tuple(it->second, value) : write_struct(it->second, value);
        if (const auto it = m_spec.unions.find(name); it != m_spec.unions.end()) return write_union(it->second, value);
        if (const auto it = m_spec.enums.find(name); it != m_spec.enums.end()) {
            const auto* number = value.find<Val::u32>();
            return number == nullptr ? std::nullopt : write_name(it->second.cases, *number);
        }
        const auto it = m_spec.errors.find(name);
        const auto* error = value.find<Val::error>();
        const auto* number = error == nullptr ? nullptr : error->find<xdr::ScErrorType::contract>();
        return it == m_spec.errors.end() || number == nullptr ? std::nullopt : write_name(it->second.cases, *number);
    }
    template <typename Cases>
    static Written write_name(const Cases& cases, std::uint32_t number) {
        const auto it = std::find_if(cases.begin(), cases.end(), [&](const auto& one) { return one.value == number; });
        return it == cases.end() ? std::nullopt : Written{std::string{it->name}};
    }

    Written write_tuple(const xdr::ScSpecUdtStructV0& told, const xdr::ScVal& value) {
        const auto* items = items_of(value);
        if (items == nullptr || items->size() != told.fields.size()) return std::nullopt;
        return write_list(
            items, 0, [&](std::size_t i) -> const auto& { return told.fields[i].type; });
    }
    Written write_struct(const xdr::ScSpecUdtStructV0& told, const xdr::ScVal& value) {
        const auto* map = value.find<Val::map>();
        if (map == nullptr || !*map || (*map)->size() != told.fields.size()) return std::nullopt;
        std::map<std::string_view, const xdr::ScVal*> given;
        for (const auto& entry : **map)
            if (const auto* name = entry.key.find<Val::symbol>()) given.emplace(*name, &entry.val);
        auto object = Json::object();
        for (const auto& field : told.fields) {
            const auto it = given.find(field.name);
            auto inner = it == given.end() ? std::nullopt : write(field.type, *it->second);
            if (!inner) return std::nullopt;
            object[field.name] = std::move(*inner);
        }
        return object;
    }

    Written write_union(const xdr::ScSpecUdtUnionV0& told, const xdr::ScVal& value) {
        using Case = xdr::ScSpecUdtUnionCaseV0Kind;
        const auto* items = items_of(value);
        if (items == nullptr || items->empty()) return std::nullopt;
        const auto* name = items->front().find<Val::symbol>();
        if (name == nullptr) return std::nullopt;
        for (const auto& one : told.cases) {
            const auto* tuple = one.find<Case::tuple_v0>();
            if ((tuple != nullptr ? tuple->name : one.get<Case::void_v0>().name) != std::string_view{*name}) continue;
            if (tuple == nullptr) return items->size() == 1 ? Written{std::string{*name}} : std::nullopt;
            auto inner = write_fields(tuple->type, items, 1);
            if (!inner) return std::nullopt;
            auto object = Json::object();
            object[*name] = std::move(*inner);
            return object;
        }
        return std::nullopt;
    }

    const Spec& m_spec;
    int m_depth = 0;
};

} // namespace

Result<Json> write_value(const Spec& spec, const xdr::ScSpecTypeDef& type, const xdr::ScVal& value) {
    auto json = is_shallow(value, k_deepest_any) ? ValueOut{spec}.write(type, value) : std::nullopt;
    if (json) return std::move(*json);
    return Problem{Kind::failed, "contract.answer",
                   fmt::format("the contract's value is no {}, as its interface says, but of kind {}",
                               printable(type_name(type)), shape_of(&value).case_name(static_cast<int>(value.type()))),
                   "ask whoever made the contract; it is shown without types as XDR"};
}

} // namespace passa::stellar::contract
