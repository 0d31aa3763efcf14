// The sections are streams of XDR without frames.
#include "lib/stellar/contract/spec.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/contract/wasm.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

constexpr xdr::Limits k_limits{
    .bytes = std::size_t{1} << 20U, .items = 10'000, .depth = 100}; // code is 128 KiB at most

void add(Spec& spec, xdr::ScSpecEntry entry) {
    using Kind = xdr::ScSpecEntryKind;
    const auto name_it = [](auto& all, auto& type) {
        auto name = std::string{type.name};
        all.insert_or_assign(std::move(name), std::move(type));
    };
    if (auto* function = entry.find<Kind::function_v0>()) spec.functions.push_back(std::move(*function));
    if (auto* type = entry.find<Kind::udt_struct_v0>()) name_it(spec.structs, *type);
    if (auto* type = entry.find<Kind::udt_union_v0>()) name_it(spec.unions, *type);
    if (auto* type = entry.find<Kind::udt_enum_v0>()) name_it(spec.enums, *type);
    if (auto* type = entry.find<Kind::udt_error_enum_v0>()) name_it(spec.errors, *type);
    if (auto* event = entry.find<Kind::event_v0>()) spec.events.push_back(std::move(*event));
}

template <typename T>
Result<std::vector<T>> read_entries(ByteView wasm, std::string_view section) {
    const auto bytes = read_sections(wasm, section);
    if (!bytes) return bytes.problems();
    return xdr::decode_stream<T>(*bytes, k_limits);
}

std::string list_names(const xdr::List<xdr::ScSpecTypeDef, 12>& types) {
    std::string names;
    for (const auto& type : types) names += (names.empty() ? "" : ", ") + type_name(type);
    return names;
}

std::string plain_name(xdr::ScSpecType type) {
    using Type = xdr::ScSpecType;
    switch (type) {
    case Type::val: return "Val";
    case Type::bool_: return "bool";
    case Type::void_: return "()";
    case Type::error: return "Error";
    case Type::u32: return "u32";
    case Type::i32: return "i32";
    case Type::u64: return "u64";
    case Type::i64: return "i64";
    case Type::timepoint: return "Timepoint";
    case Type::duration: return "Duration";
    case Type::u128: return "u128";
    case Type::i128: return "i128";
    case Type::u256: return "U256";
    case Type::i256: return "I256";
    case Type::bytes: return "Bytes";
    case Type::string: return "String";
    case Type::symbol: return "Symbol";
    case Type::address: return "Address";
    case Type::muxed_address: return "MuxedAddress";
    default: return ""; // those that name other types
    }
}

} // namespace

const xdr::ScSpecFunctionV0* Spec::find_function(std::string_view name) const {
    const auto it = std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.name == name; });
    return it == functions.end() ? nullptr : &*it;
}

const xdr::ScSpecUdtErrorEnumCaseV0* Spec::find_error(std::uint32_t number) const {
    for (const auto& [name, type] : errors) {
        const auto& cases = type.cases;
        const auto it = std::find_if(cases.begin(), cases.end(), [&](const auto& c) { return c.value == number; });
        if (it != cases.end()) return &*it;
    }
    return nullptr;
}

Result<Module> read_module(ByteView wasm) {
    auto entries = read_entries<xdr::ScSpecEntry>(wasm, "contractspecv0");
    if (!entries) return entries.problems();
    if (entries->empty())
        return Problem{Kind::invalid_input, "contract.no_interface", "this Wasm module says nothing of its interface",
                       "build it as a Soroban contract, and do not strip its custom sections"};
    const auto meta = read_entries<xdr::ScMetaEntry>(wasm, "contractmetav0");
    if (!meta) return meta.problems();
    const auto host = read_entries<xdr::ScEnvMetaEntry>(wasm, "contractenvmetav0");
    if (!host) return host.problems();
    Module module;
    for (auto& entry : entries.value()) add(module.spec, std::move(entry));
    for (const auto& entry : *meta) {
        const auto& told = entry.get<xdr::ScMetaKind::sc_meta_v0>();
        module.meta.emplace_back(told.key, told.val);
    }
    for (const auto& entry : *host)
        module.protocol = entry.get<xdr::ScEnvMetaKind::sc_env_meta_kind_interface_version>().protocol;
    return module;
}

bool is_tuple_struct(const xdr::ScSpecUdtStructV0& type) {
    const auto is_place = [](const auto& field) { return std::all_of(field.name.begin(), field.name.end(), is_digit); };
    return !type.fields.empty() && std::all_of(type.fields.begin(), type.fields.end(), is_place);
}

std::string explain_error(const Spec& spec, const xdr::ScError& error) {
    const auto* number = error.find<xdr::ScErrorType::contract>();
    if (number == nullptr) return xdr::to_json_text(error); // the host's own
    const auto* told = spec.find_error(*number);
    if (told == nullptr) return fmt::format("error {} of the contract, which does not say what it means", *number);
    return fmt::format("{} ({}){}{}", printable(told->name), *number, told->doc.empty() ? "" : ": ",
                       printable(told->doc, 1024));
}

std::string type_name(const xdr::ScSpecTypeDef& type) {
    using Type = xdr::ScSpecType;
    if (const auto* of = type.find<Type::option>()) return fmt::format("Option<{}>", type_name((*of)->value_type));
    if (const auto* of = type.find<Type::result>())
        return fmt::format("Result<{}, {}>", type_name((*of)->ok_type), type_name((*of)->error_type));
    if (const auto* of = type.find<Type::vec>()) return fmt::format("Vec<{}>", type_name((*of)->element_type));
    if (const auto* of = type.find<Type::map>())
        return fmt::format("Map<{}, {}>", type_name((*of)->key_type), type_name((*of)->value_type));
    if (const auto* of = type.find<Type::tuple>()) return fmt::format("({})", list_names((*of)->value_types));
    if (const auto* of = type.find<Type::bytes_n>()) return fmt::format("BytesN<{}>", of->n);
    if (const auto* of = type.find<Type::udt>()) return of->name;
    return plain_name(type.type());
}

} // namespace passa::stellar::contract
