// What a value of a type looks like, for help and refusals.
#include "lib/stellar/contract/value.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using Of = xdr::ScSpecType;

constexpr int k_deepest_example = 4; // deeper it is only hinted at
constexpr std::uint32_t k_longest_bytes = 32;

class Example {
public:
    explicit Example(const Spec& spec) : m_spec(spec) {}

    std::string of(const xdr::ScSpecTypeDef& type, int depth = 0) { // types nest
        if (depth > k_deepest_example) return "...";
        if (const auto* option = type.find<Of::option>()) return of((*option)->value_type, depth);
        if (const auto* result = type.find<Of::result>()) return "{\"ok\": " + of((*result)->ok_type, depth + 1) + "}";
        if (const auto* vec = type.find<Of::vec>()) return "[" + of((*vec)->element_type, depth + 1) + "]";
        if (const auto* map = type.find<Of::map>())
            return "[[" + of((*map)->key_type, depth + 1) + ", " + of((*map)->value_type, depth + 1) + "]]";
        if (const auto* tuple = type.find<Of::tuple>()) return list((*tuple)->value_types, depth);
        if (const auto* bytes = type.find<Of::bytes_n>()) return hex(bytes->n);
        if (const auto* defined = type.find<Of::udt>()) return of_defined(defined->name, depth);
        return word(type.type(), depth);
    }

private:
    static std::string hex(std::uint32_t size) {
        std::string digits;
        for (std::uint32_t i = 0; i < std::min(size, k_longest_bytes); ++i) digits += "0a";
        return "\"" + digits + (size > k_longest_bytes ? "..." : "") + "\"";
    }
    static std::string word(xdr::ScSpecType type, int depth) {
        switch (type) {
        case Of::val: return "{\"u32\": 7}";
        case Of::bool_: return "true";
        case Of::void_: return "null";
        case Of::error: return "{\"contract\": 3}";
        case Of::u32:
        case Of::i32: return "7";
        case Of::bytes: return "\"0a0b\"";
        case Of::string: return "\"any text\"";
        case Of::symbol: return "\"one_word\"";
        case Of::address:
        case Of::muxed_address: return depth > 0 ? "\"party:NAME\"" : "\"party:NAME\", \"G...\" or \"C...\"";
        default: return "\"1000000\""; // wide numbers
        }
    }
    template <typename Types>
    std::string list(const Types& types, int depth) {
        std::string items;
        for (const auto& type : types) items += (items.empty() ? "" : ", ") + of(type, depth + 1);
        return "[" + items + "]";
    }
    std::string of_defined(const std::string& name, int depth) {
        if (const auto it = m_spec.structs.find(name); it != m_spec.structs.end()) return of_struct(it->second, depth);
        if (const auto it = m_spec.unions.find(name); it != m_spec.unions.end()) return of_union(it->second, depth);
        if (const auto it = m_spec.enums.find(name); it != m_spec.enums.end()) return first_of(it->second.cases);
        if (const auto it = m_spec.errors.find(name); it != m_spec.errors.end()) return first_of(it->second.cases);
        return "...";
    }
    template <typename Cases>
    static std::string first_of(const Cases& cases) {
        return cases.empty() ? "..." : "\"" + std::string{cases.front().name} + "\"";
    }
    std::string of_struct(const xdr::ScSpecUdtStructV0& told, int depth) {
        std::string fields;
        for (const auto& field : told.fields) {
            if (fields.size() > 200) return "{" + fields + ", ...}";
            fields += fmt::format("{}\"{}\": {}", fields.empty() ? "" : ", ", std::string{field.name},
                                  of(field.type, depth + 1));
        }
        return "{" + fields + "}";
    }
    std::string of_union(const xdr::ScSpecUdtUnionV0& told, int depth) {
        using Case = xdr::ScSpecUdtUnionCaseV0Kind;
        if (told.cases.empty()) return "...";
        const auto& one = told.cases.front();
        if (const auto* bare = one.find<Case::void_v0>()) return "\"" + std::string{bare->name} + "\"";
        const auto& tuple = one.get<Case::tuple_v0>();
        return fmt::format("{{\"{}\": {}}}", std::string{tuple.name}, list(tuple.type, depth));
    }

    const Spec& m_spec;
};

} // namespace

std::string example_of(const Spec& spec, const xdr::ScSpecTypeDef& type) { return Example{spec}.of(type); }

} // namespace passa::stellar::contract
