// In the order of the versions, because a cap is used up in that order.
#include "lib/creator/commission.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace passa::creator {
namespace {

const Terms& terms_of(const std::vector<Terms>& terms, const IdBytes& version) {
    const auto it = std::find_if(terms.begin(), terms.end(), [&](const Terms& t) { return t.id == version; });
    if (it != terms.end()) return *it;
    throw Error{
        {Kind::internal, "creator.unknown_campaign", "a sale names a campaign version that does not exist", ""}};
}

} // namespace

std::vector<Commission> commissions_due(const std::vector<Terms>& terms, const std::vector<Eligible>& eligible) {
    auto sorted = eligible;
    const auto order = [&](const Eligible& e) {
        const auto& t = terms_of(terms, e.campaign_version);
        return std::tuple{t.campaign, e.creator, e.total.asset().id, t.version};
    };
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });

    std::vector<Commission> out;
    std::map<std::tuple<IdBytes, PartyId, std::string>, money::Amount> earned; // over the campaign so far
    for (const auto& entry : sorted) {
        const auto& t = terms_of(terms, entry.campaign_version);
        const auto uncapped = money::apply(entry.total, t.rate, money::Rounding::half_even);
        auto& before =
            earned
                .try_emplace({t.campaign, entry.creator, entry.total.asset().id}, money::Amount{0, entry.total.asset()})
                .first->second;
        auto due = uncapped;
        if (t.cap && t.cap->asset() == due.asset() && before + due > *t.cap)
            due = std::max(*t.cap - before, money::Amount{0, due.asset()});
        before += due;
        out.push_back({entry, uncapped, due});
    }
    return out;
}

} // namespace passa::creator
