// An interface with something of every kind, and types made by hand.
#pragma once
#include "lib/stellar/contract/spec.hpp"

namespace passa::test {

namespace contract = stellar::contract;
namespace xdr = stellar::xdr;
using Type = xdr::ScSpecType;
using TypeDef = xdr::ScSpecTypeDef;

inline TypeDef option_of(TypeDef type) {
    return TypeDef{xdr::as<Type::option>, xdr::ScSpecTypeOption{std::move(type)}};
}
inline TypeDef vec_of(TypeDef type) { return TypeDef{xdr::as<Type::vec>, xdr::ScSpecTypeVec{std::move(type)}}; }
inline TypeDef map_of(TypeDef key, TypeDef value) {
    return TypeDef{xdr::as<Type::map>, xdr::ScSpecTypeMap{std::move(key), std::move(value)}};
}
inline TypeDef bytes_of(std::uint32_t size) { return TypeDef{xdr::as<Type::bytes_n>, xdr::ScSpecTypeBytesN{size}}; }
inline TypeDef named(const char* name) { return TypeDef{xdr::as<Type::udt>, xdr::ScSpecTypeUdt{name}}; }
inline TypeDef result_of(TypeDef ok, TypeDef error) {
    return TypeDef{xdr::as<Type::result>, xdr::ScSpecTypeResult{std::move(ok), std::move(error)}};
}
inline TypeDef tuple_of(xdr::List<TypeDef, 12> types) {
    return TypeDef{xdr::as<Type::tuple>, xdr::ScSpecTypeTuple{std::move(types)}};
}

inline xdr::ScSpecUdtUnionCaseV0 bare_case(const char* name) {
    return xdr::ScSpecUdtUnionCaseV0{xdr::as<xdr::ScSpecUdtUnionCaseV0Kind::void_v0>,
                                     xdr::ScSpecUdtUnionCaseVoidV0{"", name}};
}
inline xdr::ScSpecUdtUnionCaseV0 case_of(const char* name, xdr::List<TypeDef> types) {
    return xdr::ScSpecUdtUnionCaseV0{xdr::as<xdr::ScSpecUdtUnionCaseV0Kind::tuple_v0>,
                                     xdr::ScSpecUdtUnionCaseTupleV0{"", name, std::move(types)}};
}

// Share is {payee, amount, note?}; Pair a tuple struct; Rule holds itself, as filters do.
inline contract::Spec made_spec() {
    contract::Spec spec;
    spec.structs["Share"] = {
        "",
        "",
        "Share",
        {{"", "payee", Type::address}, {"", "amount", Type::i128}, {"", "note", option_of(Type::string)}}};
    spec.structs["Pair"] = {"", "", "Pair", {{"", "0", Type::u32}, {"", "1", Type::symbol}}};
    spec.unions["Rule"] = {"",
                           "",
                           "Rule",
                           {bare_case("Open"), case_of("Until", {Type::timepoint}),
                            case_of("Both", {vec_of(named("Rule")), named("Tier")})}};
    spec.enums["Tier"] = {"", "", "Tier", {{"", "Gold", 1}, {"", "Silver", 5}}};
    spec.errors["Fault"] = {"", "", "Fault", {{"the escrow is empty", "NotFunded", 3}, {"", "Paused", 4}}};
    return spec;
}

inline const std::vector<TypeDef>& every_type() {
    static const std::vector<TypeDef> all{Type::val,
                                          Type::bool_,
                                          Type::void_,
                                          Type::error,
                                          Type::u32,
                                          Type::i32,
                                          Type::u64,
                                          Type::i64,
                                          Type::timepoint,
                                          Type::duration,
                                          Type::u128,
                                          Type::i128,
                                          Type::u256,
                                          Type::i256,
                                          Type::bytes,
                                          Type::string,
                                          Type::symbol,
                                          Type::address,
                                          Type::muxed_address,
                                          option_of(Type::u64),
                                          option_of(named("Rule")),
                                          vec_of(named("Share")),
                                          result_of(Type::u32, named("Fault")),
                                          result_of(Type::void_, Type::error),
                                          vec_of(vec_of(Type::i256)),
                                          map_of(Type::symbol, Type::i128),
                                          map_of(Type::i64, Type::bool_),
                                          map_of(Type::string, Type::u32),
                                          map_of(Type::address, vec_of(Type::bytes)),
                                          map_of(named("Pair"), named("Tier")),
                                          map_of(Type::bool_, Type::u32),
                                          tuple_of({Type::u32, named("Share"), Type::bytes}),
                                          bytes_of(32),
                                          bytes_of(0),
                                          named("Share"),
                                          named("Pair"),
                                          named("Rule"),
                                          named("Tier"),
                                          named("Fault"),
                                          tuple_of({})};
    return all;
}

} // namespace passa::test
