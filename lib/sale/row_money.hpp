// What a row moved, seen from the seller: its gross, or what came in less what went out where these are two columns.
#pragma once
#include "lib/money/asset.hpp"
#include "lib/sale/decimal.hpp"
#include "lib/sale/layout.hpp"

namespace passa::sale {

DecimalForm decimal_form(const Profile& profile, const Layout& layout, const money::Asset& currency);

// Below zero: money that went out. A bad one says why; nothing filled in is zero.
Decimal read_moved(const table::Record& record, const Layout& layout, const DecimalForm& form);

} // namespace passa::sale
