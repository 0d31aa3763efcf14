// An amount is tickets of one tier when nothing else it could be is left.
#include "lib/sale/ticket_count.hpp"
#include "tests/support/property.hpp"

using namespace passa;
using namespace passa::sale;

namespace {

Catalog catalog_of(const std::vector<int>& prices) {
    Catalog catalog;
    catalog.event.currency = {"KES", 2};
    for (const int price : prices) {
        Tier tier;
        tier.name = fmt::format("tier{}", catalog.tiers.size());
        tier.price = price;
        catalog.tiers.push_back(tier);
    }
    return catalog;
}

// How many baskets of the tiers cost so much: the plain recursion, without a bound.
int baskets(const std::vector<int>& prices, std::size_t at, int rest) {
    if (at == prices.size()) return rest == 0 ? 1 : 0;
    int found = 0;
    for (int left = rest; left >= 0; left -= prices[at]) found += baskets(prices, at + 1, left);
    return found;
}

std::string reason(const std::vector<int>& prices, int amount) {
    const auto catalog = catalog_of(prices);
    const auto count = TicketCounter{catalog}.count(amount);
    return count.tier != nullptr ? fmt::format("{} {}", count.tickets, count.tier->name)
                                 : fmt::format("{}: {}", count.bad_code, count.bad_reason);
}

} // namespace

TEST_CASE("an amount is counted when one basket of one tier makes it", "[unit][sale]") {
    REQUIRE(reason({150000, 500000}, 450000) == "3 tier0");
    REQUIRE(reason({150000, 500000}, 500000) == "1 tier1");
    REQUIRE(reason({0, 150000}, 300000) == "2 tier1"); // free tickets cost nothing
}

TEST_CASE("an amount that could be something else is refused by name", "[unit][sale]") {
    REQUIRE(reason({150000, 500000}, 1500000) ==
            "sale.tier_unclear: the row names no tier, and 15000.00 is 3 tier1, or 10 tier0");
    REQUIRE(reason({150000, 300000}, 450000) ==
            "sale.tier_unclear: the row names no tier, and 4500.00 is 1 tier1 and 1 tier0, or 3 tier0");
    REQUIRE(reason({150000, 150000}, 150000) ==
            "sale.tier_unclear: the row names no tier, and 1500.00 is 1 tier0, or 1 tier1");
    REQUIRE(reason({150000, 500000}, 650000) ==
            "sale.tier_unclear: the row names no tier, and 6500.00 is 1 tier1 and 1 tier0");
    REQUIRE(reason({150000, 500000}, 260000) ==
            "sale.no_tier: the row names no tier, and 2600.00 is no number of tickets at their prices (tier1 5000.00, "
            "tier0 1500.00)");
    REQUIRE(reason({0, 0}, 100).starts_with("sale.no_tier"));
    REQUIRE(reason({999983, 999979, 999961, 999959, 999953}, 2'000'000'003)
                .ends_with("can be made of tickets in too many ways to try"));
}

TEST_CASE("the count is the only basket, by a search without a bound", "[unit][prop]") {
    test::holds_for_all([] {
        const auto prices = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(1, 30));
        const int amount = *rc::gen::inRange(1, 300);
        const auto catalog = catalog_of(prices);
        const auto count = TicketCounter{catalog}.count(amount);
        const int ways = baskets(prices, 0, amount);
        if (count.tier != nullptr) {
            RC_ASSERT(ways == 1);
            RC_ASSERT(count.tier->price * count.tickets == amount);
            return;
        }
        RC_ASSERT((ways == 0) == (std::string_view{count.bad_code} == "sale.no_tier"));
        const bool is_multiple =
            std::any_of(prices.begin(), prices.end(), [&](int price) { return amount % price == 0; });
        RC_ASSERT(!(ways == 1 && is_multiple));
    });
}

TEST_CASE("tickets of a known tier are the whole number that its price makes, else one", "[unit][sale]") {
    const auto tier = catalog_of({150000, 0}).tiers;
    REQUIRE(tickets_of(tier[0], 450000) == 3);
    REQUIRE(tickets_of(tier[0], 250000) == 1);
    REQUIRE(tickets_of(tier[0], 100000) == 1);
    REQUIRE(tickets_of(tier[1], 100000) == 1);
    REQUIRE(tickets_of(tier[0], money::Int128{150000} * 2'000'000) == 1);
}
