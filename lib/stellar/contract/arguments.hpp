// The words behind a function's name, `--to G... --amount 5` or `--amount=5`, as the values that it takes.
#pragma once
#include "lib/stellar/contract/value.hpp"

#include <span>

namespace passa::stellar::contract {

// In the order of the function's arguments; an option may be left out. Errors contract.no_argument (a word that is no
// argument's name, one without a value, one that comes twice), contract.missing_argument, and those of read_flag.
Result<xdr::ScVec> read_arguments(const Reading& reading, const xdr::ScSpecFunctionV0& function,
                                  std::span<const std::string> words);
// The same from a map by name, as manifests write it.
Result<xdr::ScVec> read_named_arguments(const Reading& reading, const xdr::ScSpecFunctionV0& function,
                                        const nlohmann::ordered_json& by_name);

// Error contract.no_function, with the names there are; those that only the host calls cannot be asked for.
Result<const xdr::ScSpecFunctionV0*> get_function(const Spec& spec, std::string_view name);

// Of what a function returns: null: nothing. A Result returns what it is when all goes well; its error comes as a
// refusal.
const xdr::ScSpecTypeDef* returned_type(const xdr::ScSpecFunctionV0& function);

} // namespace passa::stellar::contract
