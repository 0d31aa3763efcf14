// The order of a contract's values, in which the host wants the keys of a map: that of the Rust types, derived.
#pragma once
#include "lib/stellar/xdr/types_contract_value.hpp"

#include <compare>

namespace passa::stellar::contract {

std::strong_ordering compare(const xdr::ScVal& a, const xdr::ScVal& b);

// Sorted by key; false: a key comes twice.
bool sort_map(xdr::ScMap& map);

} // namespace passa::stellar::contract
