// How many tickets of which tier a payment is, where its row tells neither: M-Pesa and bank statements know an amount
// and no ticket. An amount counts only when it can be read in one way: one basket of the event's priced tiers makes it,
// and that basket has one tier. Whatever else it could be is refused by name, never guessed.
#pragma once
#include "lib/sale/catalog.hpp"

#include <map>

namespace passa::sale {

inline constexpr std::int64_t k_most_tickets = 1'000'000; // of one row

struct TicketCount {
    const Tier* tier = nullptr; // null: refused, for the two below
    std::int64_t tickets = 0;
    const char* bad_code = nullptr; // sale.no_tier, sale.tier_unclear
    std::string bad_reason;
};

class TicketCounter {
public:
    explicit TicketCounter(const Catalog& catalog);
    // Of whichever tier: `amount` is above zero.
    const TicketCount& count(money::Int128 amount);

private:
    const Catalog& m_catalog;
    std::vector<const Tier*> m_priced;             // the dearest first
    std::map<money::Int128, TicketCount> m_counts; // statements repeat their amounts
};

// Of a known tier: 1 where the amount is no whole number of tickets (an old price, a tip) or the tier is free.
std::int64_t tickets_of(const Tier& tier, money::Int128 amount);

} // namespace passa::sale
