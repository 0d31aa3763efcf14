// How a page names an asset. Anybody can issue a USDC: a code alone would let a false one pass as the right one.
#pragma once
#include "lib/money/amount.hpp"
#include "lib/render/template.hpp"

#include <set>

namespace passa::report {

using money::Amount;

std::string shortened(const std::string& name); // "GABCDE…UVWXYZ": long account names keep both ends
std::string code_of(const Amount& amount);      // "USDC"
std::string issuer_note(const Amount& amount);  // "of GABCDE…UVWXYZ", to stand beside the code; empty for currencies
std::string asset_name(const money::Asset& asset);     // both
std::string with_short_issuers(std::string_view text); // a reason of a payout: whole account ids shortened
render::List issued_asset_fields(const std::set<money::Asset>& assets); // those with an issuer, in full

} // namespace passa::report
