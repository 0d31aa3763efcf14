// What only all rows of a file together can tell: the order of day and month, the decimal sign, the zones that its
// times name, and whether the balances follow from one another. Streams; asked before the first row is taken.
#pragma once
#include "lib/money/asset.hpp"
#include "lib/sale/layout.hpp"

#include <set>

namespace passa::sale {

struct Survey {
    Dialect dialect;
    std::set<std::string> zones; // names such as America/New_York, to be looked up; at most k_most_zones
};
inline constexpr std::size_t k_most_zones = 20;

// Errors sale.dates_unclear, sale.date_order, sale.decimal_unclear, sale.zone.
Survey survey(table::TextFile& file, const Layout& layout, const Profile& profile);

// Rows of one second may stand in any order. A file of refused rows has gaps and is not asked. Error sale.balance_gap.
void require_balances(table::TextFile& file, const Layout& layout, const Profile& profile,
                      const money::Asset& currency);

} // namespace passa::sale
