// A contract's values as people write them, typed by its interface: JSON (and with it YAML), and the text of a flag.
//
// Numbers are decimal: 32 bits as JSON numbers, wider ones as text, since JSON numbers lose digits. Bytes are hex;
// a string that is no UTF-8 is {"hex": ...}. Option: null or the value. Result: {"ok": ...} or {"error": ...}.
// Vec, tuple and tuple struct: a list. Map: an object where its keys are one word, else a list of [key, value]. Struct:
// an object, whose options may be left out. Union: "Case" or {"Case": [...]}. Enum: its name, or its number. Error: its
// name, its number, or as SEP-51 says. Val: SEP-51.
// A case's only value may stand without its list. A list of numbers for bytes is not read.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>

namespace passa::stellar::contract {

inline constexpr int k_deepest = 64;                            // levels of a value
inline constexpr std::size_t k_most_items = 100'000;            // in one value, inner ones too
inline constexpr std::size_t k_longest = std::size_t{1} << 20U; // bytes of its text

// Whom `party:NAME`, `account:NAME` or `contract:NAME` means.
using FindAddress = std::function<Result<xdr::ScAddress>(std::string_view kind, std::string_view name)>;

struct Reading {
    const Spec& spec;
    FindAddress find_address = {}; // none: names are refused
};

struct Wanted {
    std::string_view name; // of the argument: where the paths of refusals begin
    const xdr::ScSpecTypeDef& type;
};

// Error contract.value, with the path of what does not fit; contract.type: the interface names a type without saying
// what it is; those of find_address.
Result<xdr::ScVal> read_value(const Reading& reading, const Wanted& wanted, const nlohmann::ordered_json& json);
// As typed behind --NAME: what is one word as it is, the rest as JSON text.
Result<xdr::ScVal> read_flag(const Reading& reading, const Wanted& wanted, std::string_view text);

// Error contract.answer: the value is none of that type, or nests deeper than anybody writes.
Result<nlohmann::ordered_json> write_value(const Spec& spec, const xdr::ScSpecTypeDef& type, const xdr::ScVal& value);

// A value of that type, as JSON text.
std::string example_of(const Spec& spec, const xdr::ScSpecTypeDef& type);

} // namespace passa::stellar::contract
