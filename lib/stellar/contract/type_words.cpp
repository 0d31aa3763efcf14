// The names of types are Rust's (spec.cpp); what is said here is what a person writes.
#include "lib/stellar/contract/type_words.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/contract/value.hpp"

#include <algorithm>
#include <set>

namespace passa::stellar::contract {
namespace {

using Of = xdr::ScSpecType;

constexpr std::size_t k_most_types = 50; // of one help page

std::string plain_words(Of type) {
    switch (type) {
    case Of::val: return "any value, as SEP-51 JSON";
    case Of::bool_: return "true or false";
    case Of::void_: return "nothing";
    case Of::error: return "an error";
    case Of::u32: return "a whole number, 0 to 4294967295";
    case Of::i32: return "a whole number, -2147483648 to 2147483647";
    case Of::u64: return "a whole number, 0 to 2^64-1";
    case Of::i64: return "a whole number, -2^63 to 2^63-1";
    case Of::timepoint: return "a time, in seconds since 1970-01-01 00:00 UTC";
    case Of::duration: return "a time span, in seconds";
    case Of::u128: return "a whole number, 0 to 2^128-1";
    case Of::i128: return "a whole number, -2^127 to 2^127-1";
    case Of::u256: return "a whole number, 0 to 2^256-1";
    case Of::i256: return "a whole number, -2^255 to 2^255-1";
    case Of::bytes: return "bytes, two hex digits each";
    case Of::string: return "text";
    case Of::symbol: return "one word of at most 32 letters, digits and _";
    case Of::address: return "an address: G... or C...";
    case Of::muxed_address: return "an address: G..., M... or C...";
    default: return ""; // those that name other types
    }
}

// The types directly inside another one.
std::vector<const xdr::ScSpecTypeDef*> parts_of(const xdr::ScSpecTypeDef& type) {
    if (const auto* of = type.find<Of::option>()) return {&(*of)->value_type};
    if (const auto* of = type.find<Of::result>()) return {&(*of)->ok_type};
    if (const auto* of = type.find<Of::vec>()) return {&(*of)->element_type};
    if (const auto* of = type.find<Of::map>()) return {&(*of)->key_type, &(*of)->value_type};
    std::vector<const xdr::ScSpecTypeDef*> parts;
    if (const auto* of = type.find<Of::tuple>())
        for (const auto& one : (*of)->value_types) parts.push_back(&one);
    return parts;
}

// `PaidBy` and what its values are made of; `inner` gathers the types of these.
class Teller {
public:
    Teller(const Spec& spec, std::vector<const xdr::ScSpecTypeDef*>& inner) : m_spec(spec), m_inner(inner) {}

    std::optional<DefinedType> tell(const std::string& name) {
        if (const auto it = m_spec.structs.find(name); it != m_spec.structs.end()) return of_struct(it->second);
        if (const auto it = m_spec.unions.find(name); it != m_spec.unions.end()) return of_union(it->second);
        if (const auto it = m_spec.enums.find(name); it != m_spec.enums.end()) return of_enum(it->second);
        return std::nullopt; // an error, or a name without a type
    }

private:
    DefinedType of_struct(const xdr::ScSpecUdtStructV0& told) {
        const bool is_list = is_tuple_struct(told);
        DefinedType type{told.name, is_list ? "a list of these, in this order" : "an object of", told.doc, {}};
        for (const auto& field : told.fields) {
            type.lines.push_back({is_list ? "" : std::string{field.name}, type_words(field.type), field.doc});
            m_inner.push_back(&field.type);
        }
        return type;
    }
    DefinedType of_union(const xdr::ScSpecUdtUnionV0& told) {
        using Case = xdr::ScSpecUdtUnionCaseV0Kind;
        DefinedType type{told.name, "one of", told.doc, {}};
        for (const auto& one : told.cases) {
            if (const auto* bare = one.find<Case::void_v0>()) {
                type.lines.push_back({bare->name, "alone", bare->doc});
                continue;
            }
            const auto& tuple = one.get<Case::tuple_v0>();
            std::vector<std::string> with;
            for (const auto& part : tuple.type) {
                with.push_back(type_words(part));
                m_inner.push_back(&part);
            }
            type.lines.push_back({tuple.name, "with " + join(with, "; "), tuple.doc});
        }
        return type;
    }
    static DefinedType of_enum(const xdr::ScSpecUdtEnumV0& told) {
        DefinedType type{told.name, "one of", told.doc, {}};
        for (const auto& one : told.cases) type.lines.push_back({one.name, std::to_string(one.value), one.doc});
        return type;
    }

    const Spec& m_spec;
    std::vector<const xdr::ScSpecTypeDef*>& m_inner;
};

bool is_bare_text(std::string_view example) {
    return example.size() > 2 && example.starts_with('"') && example.ends_with('"') &&
           std::count(example.begin(), example.end(), '"') == 2;
}

bool is_safe_in_a_shell(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == ':';
    });
}

void add_cases(const xdr::ScSpecUdtErrorEnumV0& told, std::vector<ErrorLine>& lines) {
    for (const auto& one : told.cases) lines.push_back({one.value, one.name, one.doc});
}

} // namespace

std::string type_words(const xdr::ScSpecTypeDef& type) { // NOLINT(misc-no-recursion): the decoder bounds the depth
    if (const auto* of = type.find<Of::option>()) return type_words((*of)->value_type) + "; or null: none";
    if (const auto* of = type.find<Of::result>()) return type_words((*of)->ok_type);
    if (const auto* of = type.find<Of::vec>()) return fmt::format("a list of [{}]", type_words((*of)->element_type));
    if (const auto* of = type.find<Of::map>())
        return fmt::format("a map from [{}] to [{}]", type_words((*of)->key_type), type_words((*of)->value_type));
    if (const auto* of = type.find<Of::tuple>()) {
        std::vector<std::string> parts;
        for (const auto& one : (*of)->value_types) parts.push_back(type_words(one));
        return fmt::format("a list of exactly [{}]", join(parts, "; "));
    }
    if (const auto* of = type.find<Of::bytes_n>())
        return fmt::format("{} bytes: {} hex digits", of->n, std::uint64_t{of->n} * 2);
    if (const auto* of = type.find<Of::udt>()) return of->name;
    return plain_words(type.type());
}

std::string flag_example(const Spec& spec, const xdr::ScSpecTypeDef& type) { // NOLINT(misc-no-recursion): options nest
    if (const auto* of = type.find<Of::option>()) return flag_example(spec, (*of)->value_type);
    if (type.type() == Of::address || type.type() == Of::muxed_address) return "party:NAME";
    auto example = example_of(spec, type);
    if (is_bare_text(example)) example = example.substr(1, example.size() - 2); // one word needs no JSON
    return is_safe_in_a_shell(example) ? example : fmt::format("'{}'", example);
}

std::vector<DefinedType> defined_types(const Spec& spec, std::span<const xdr::ScSpecTypeDef* const> types) {
    std::vector<DefinedType> told;
    std::set<std::string, std::less<>> seen;
    std::vector<const xdr::ScSpecTypeDef*> left{types.begin(), types.end()};
    Teller teller{spec, left};
    for (std::size_t i = 0; i < left.size() && told.size() < k_most_types; ++i) {
        const auto* defined = left[i]->find<Of::udt>();
        if (defined == nullptr) {
            const auto parts = parts_of(*left[i]);
            left.insert(left.end(), parts.begin(), parts.end());
        } else if (seen.insert(defined->name).second) {
            if (auto one = teller.tell(defined->name)) told.push_back(*std::move(one));
        }
    }
    return told;
}

std::vector<ErrorLine> errors_of(const Spec& spec, const xdr::ScSpecFunctionV0& function) {
    std::vector<ErrorLine> lines;
    const auto* result = function.outputs.empty() ? nullptr : function.outputs.front().find<Of::result>();
    const auto* named = result == nullptr ? nullptr : (*result)->error_type.find<Of::udt>();
    if (named != nullptr)
        if (const auto it = spec.errors.find(named->name); it != spec.errors.end())
            return add_cases(it->second, lines), lines;
    for (const auto& [name, told] : spec.errors) add_cases(told, lines);
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return lines;
}

} // namespace passa::stellar::contract
