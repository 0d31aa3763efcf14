// A contract's interface as it says it itself (SEP-48): what can be called, with what, what comes back, what it tells.
#pragma once
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_spec.hpp"

#include <map>

namespace passa::stellar::contract {

struct Spec {
    std::vector<xdr::ScSpecFunctionV0> functions; // as listed; those that only the host calls (__...) too
    std::map<std::string, xdr::ScSpecUdtStructV0, std::less<>> structs;
    std::map<std::string, xdr::ScSpecUdtUnionV0, std::less<>> unions;
    std::map<std::string, xdr::ScSpecUdtEnumV0, std::less<>> enums;
    std::map<std::string, xdr::ScSpecUdtErrorEnumV0, std::less<>> errors;
    std::vector<xdr::ScSpecEventV0> events;

    [[nodiscard]] const xdr::ScSpecFunctionV0* find_function(std::string_view name) const;
    // What the contract means by an error's number; null when it does not say.
    [[nodiscard]] const xdr::ScSpecUdtErrorEnumCaseV0* find_error(std::uint32_t number) const;
};

// What else it carries (SEP-46, and what the host asks for).
struct Module {
    Spec spec;
    std::vector<std::pair<std::string, std::string>> meta; // in its order; a key may come again
    std::uint32_t protocol = 0;                            // that it was built for; 0: it does not say
};

// Errors contract.wasm, contract.no_interface, and those of XDR: cut off, of a kind that this version does not know,
// deeper nested than anybody writes types.
Result<Module> read_module(ByteView wasm);

// Rust's `struct Pair(A, B)`: its fields are called 0 and 1, and its values travel as lists.
bool is_tuple_struct(const xdr::ScSpecUdtStructV0& type);

// What a failed call means, in the contract's words where it has some: `NotFunded (3): the escrow is empty`.
std::string explain_error(const Spec& spec, const xdr::ScError& error);

// As in Rust's SDK: Option<u32>, Map<Symbol, i128>, BytesN<32>, (Address, u64).
std::string type_name(const xdr::ScSpecTypeDef& type);

} // namespace passa::stellar::contract
