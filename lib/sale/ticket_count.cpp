// Every basket is tried until two are found, so that "the only one" is proved; a search that takes too long proves
// nothing.
#include "lib/sale/ticket_count.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::sale {
namespace {

constexpr int k_most_steps = 20'000;      // of one search: a fraction of a millisecond
constexpr std::size_t k_most_kept = 4096; // amounts

using Basket = std::vector<std::int64_t>; // tickets per tier

class Search {
public:
    explicit Search(const std::vector<const Tier*>& tiers) : m_tiers(tiers), m_basket(tiers.size()) {}

    void find(std::size_t at, money::Int128 rest) {
        if (at == m_tiers.size()) return;
        const auto price = m_tiers[at]->price;
        if (at + 1 == m_tiers.size()) {
            --m_steps;
            if (rest % price == 0) take(at, rest / price);
            return;
        }
        for (auto tickets = rest / price; tickets >= 0 && !is_done(); --tickets) {
            --m_steps;
            m_basket[at] = clamped(tickets);
            find(at + 1, rest - tickets * price);
        }
    }

    [[nodiscard]] bool gave_up() const { return m_steps <= 0; }
    std::vector<Basket> found; // at most two

private:
    [[nodiscard]] bool is_done() const { return found.size() == 2 || gave_up(); }
    static std::int64_t clamped(money::Int128 tickets) {
        return static_cast<std::int64_t>(std::min<money::Int128>(tickets, k_most_tickets + 1));
    }
    void take(std::size_t at, money::Int128 tickets) {
        m_basket[at] = clamped(tickets);
        found.push_back(m_basket);
    }

    const std::vector<const Tier*>& m_tiers;
    Basket m_basket;
    int m_steps = k_most_steps;
};

std::string words_of(const Basket& basket, const std::vector<const Tier*>& tiers) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < basket.size(); ++i)
        if (basket[i] > 0) words.push_back(fmt::format("{} {}", basket[i], tiers[i]->name));
    return join(words, " and ");
}

} // namespace

TicketCounter::TicketCounter(const Catalog& catalog) : m_catalog(catalog) {
    for (const auto& tier : catalog.tiers)
        if (tier.price > 0) m_priced.push_back(&tier);
    std::stable_sort(m_priced.begin(), m_priced.end(), [](auto* a, auto* b) { return a->price > b->price; });
}

const TicketCount& TicketCounter::count(money::Int128 amount) {
    if (const auto it = m_counts.find(amount); it != m_counts.end()) return it->second;
    if (m_counts.size() >= k_most_kept) m_counts.clear();
    auto& count = m_counts[amount];
    const auto text = [&](money::Int128 minor) { return money::Amount{minor, m_catalog.event.currency}.number(); };
    const auto refuse = [&](const char* code, std::string reason) -> TicketCount& {
        count.bad_code = code;
        count.bad_reason = std::move(reason);
        return count;
    };
    Search search{m_priced};
    search.find(0, amount);
    if (search.gave_up())
        return refuse(
            "sale.tier_unclear",
            fmt::format("the row names no tier, and {} can be made of tickets in too many ways to try", text(amount)));
    if (search.found.empty()) {
        std::vector<std::string> prices;
        for (const auto* tier : m_priced) prices.push_back(fmt::format("{} {}", tier->name, text(tier->price)));
        return refuse("sale.no_tier",
                      fmt::format("the row names no tier, and {} is no number of tickets at their prices ({})",
                                  text(amount),
                                  join(std::span{prices}.first(std::min<std::size_t>(10, prices.size())), ", ")));
    }
    const auto& basket = search.found.front();
    if (search.found.size() > 1)
        return refuse("sale.tier_unclear",
                      fmt::format("the row names no tier, and {} is {}, or {}", text(amount),
                                  words_of(basket, m_priced), words_of(search.found.back(), m_priced)));
    const auto is_bought = [](std::int64_t tickets) { return tickets > 0; };
    const auto at = std::find_if(basket.begin(), basket.end(), is_bought);
    if (std::count_if(basket.begin(), basket.end(), is_bought) > 1 || *at > k_most_tickets)
        return refuse("sale.tier_unclear",
                      fmt::format("the row names no tier, and {} is {}", text(amount), words_of(basket, m_priced)));
    count.tier = m_priced[static_cast<std::size_t>(at - basket.begin())];
    count.tickets = *at;
    return count;
}

std::int64_t tickets_of(const Tier& tier, money::Int128 amount) {
    if (tier.price <= 0 || amount <= 0 || amount % tier.price != 0) return 1;
    const auto tickets = amount / tier.price;
    return tickets > k_most_tickets ? 1 : static_cast<std::int64_t>(tickets);
}

} // namespace passa::sale
