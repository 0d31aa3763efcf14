// Values that are one word: numbers, bytes, texts. What nests and what needs a name looked up stands elsewhere.
#pragma once
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_spec_type.hpp"

#include <optional>
#include <string_view>

namespace passa::stellar::contract {

inline constexpr std::size_t k_longest_symbol = 32;

// How values of that type travel; null for those that nest, that may be several, or that the contract defines.
std::optional<xdr::ScValType> kind_of(xdr::ScSpecType type);
bool is_number(xdr::ScSpecType type);

// Numbers in decimal, bytes in hex, strings and symbols as they are, true and false. Null: it is none of that type, or
// the type is not one word, or an address.
std::optional<xdr::ScVal> parse_scalar(const xdr::ScSpecTypeDef& type, std::string_view text);
// The other way, addresses as strkeys too. The value is of kind_of(type).
std::string scalar_text(const xdr::ScVal& value);

} // namespace passa::stellar::contract
