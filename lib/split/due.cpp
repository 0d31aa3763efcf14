// Commissions first, spread over the pools they come from; then each pool's shares.
#include "lib/split/due.hpp"

#include "lib/money/allocate.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace passa::split {
namespace {

using money::Amount;

using PoolKey = std::pair<IdBytes, std::string>; // plan version, asset id

struct PoolSums {
    Amount gross, tax, fees;
};

std::map<PoolKey, PoolSums> sum_pools(const std::vector<Intake>& intakes) {
    std::map<PoolKey, PoolSums> pools;
    for (const auto& in : intakes) {
        const Amount zero{0, in.gross.asset()};
        auto& pool = pools.try_emplace({in.plan_version, zero.asset().id}, PoolSums{zero, zero, zero}).first->second;
        pool.gross += in.gross;
        pool.tax += in.tax;
        pool.fees += in.fee_platform + in.fee_payment;
    }
    return pools;
}

// One entry per (campaign version, creator, asset), over all pools.
std::vector<creator::Eligible> sum_eligible(const std::vector<Intake>& intakes) {
    std::vector<creator::Eligible> out;
    for (const auto& in : intakes) {
        if (!in.campaign_version || !in.creator) continue;
        const auto same = std::find_if(out.begin(), out.end(), [&](const auto& e) {
            return e.campaign_version == *in.campaign_version && e.creator == *in.creator &&
                   e.total.asset() == in.gross.asset();
        });
        if (same == out.end())
            out.push_back({*in.campaign_version, *in.creator, in.eligible});
        else
            same->total += in.eligible;
    }
    return out;
}

// A commission over several pools is allocated by what each brought. Pools below zero bear none of it; when none is
// above zero the first bears it all.
std::vector<Due> spread(const creator::Commission& commission, const std::vector<Intake>& intakes) {
    std::map<IdBytes, Amount> brought;
    for (const auto& in : intakes) {
        if (in.campaign_version != commission.eligible.campaign_version || in.creator != commission.eligible.creator)
            continue;
        if (in.gross.asset() != commission.due.asset()) continue;
        brought.try_emplace(in.plan_version, Amount{0, in.gross.asset()}).first->second += in.eligible;
    }
    std::vector<money::Int128> weights;
    for (const auto& [plan, amount] : brought) weights.push_back(amount.is_negative() ? 0 : amount.minor());
    if (std::all_of(weights.begin(), weights.end(), [](auto w) { return w == 0; })) weights.front() = 1;
    const auto parts = money::allocate(commission.due, weights).value_or_throw();
    std::vector<Due> dues;
    std::size_t i = 0;
    for (const auto& [plan, amount] : brought)
        dues.push_back(
            {plan, DueKind::commission, commission.eligible.creator, commission.eligible.campaign_version, parts[i++]});
    return dues;
}

const PlanVersion& plan_of(const std::vector<PlanVersion>& plans, const IdBytes& id) {
    const auto it = std::find_if(plans.begin(), plans.end(), [&](const PlanVersion& p) { return p.id == id; });
    if (it != plans.end()) return *it;
    throw Error{{Kind::internal, "split.unknown_plan", "a sale names a split plan version that does not exist", ""}};
}

std::vector<Part> allocate_shares(const PlanVersion& plan, const Amount& shared) {
    std::vector<money::Int128> weights;
    for (const auto& share : plan.shares) weights.push_back(share.ppm);
    const auto amounts = money::allocate(shared, weights).value_or_throw();
    std::vector<Part> parts;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        money::Int128 scaled = 0; // lib/money/bound.hpp
        PASSA_ASSERT(!__builtin_mul_overflow(shared.minor(), weights[i], &scaled));
        parts.push_back({plan.shares[i], amounts[i], amounts[i].minor() != scaled / money::k_ppm_whole});
    }
    return parts;
}

std::vector<Due> share_out(const PlanVersion& plan, const Pool& pool) {
    std::vector<Due> dues;
    for (const auto& part : pool.parts)
        dues.push_back({plan.id, DueKind::share, part.share.party, std::nullopt, part.allocated});
    const auto charge = [&](const std::optional<PartyId>& party, const Amount& amount) {
        if (!party || amount.is_zero()) return;
        const auto it = std::find_if(dues.begin(), dues.end(), [&](const Due& d) { return d.party == *party; });
        if (it != dues.end())
            it->amount -= amount;
        else
            dues.push_back({plan.id, DueKind::share, *party, std::nullopt, -amount});
    };
    if (plan.basis == Basis::gross) charge(plan.fees_from, pool.fees);
    charge(plan.commission_from, pool.commissions);
    return dues;
}

void prove(const DueToDate& result) {
    for (const auto& pool : result.pools) {
        auto parts = pool.tax + pool.fees;
        for (const auto& due : result.dues)
            if (due.plan_version == pool.plan_version && due.amount.asset() == pool.gross.asset()) parts += due.amount;
        PASSA_ASSERT(parts == pool.gross);
    }
}

} // namespace

DueToDate due_to_date(const std::vector<PlanVersion>& plans, const std::vector<creator::Terms>& terms,
                      const std::vector<Intake>& intakes) {
    DueToDate result;
    result.commissions = creator::commissions_due(terms, sum_eligible(intakes));
    std::map<PoolKey, Amount> commissions;
    for (const auto& commission : result.commissions) {
        for (auto& due : spread(commission, intakes)) {
            commissions.try_emplace({due.plan_version, due.amount.asset().id}, Amount{0, due.amount.asset()})
                .first->second += due.amount;
            result.dues.push_back(std::move(due));
        }
    }
    for (const auto& [key, sums] : sum_pools(intakes)) {
        const auto& plan = plan_of(plans, key.first);
        const auto found = commissions.find(key);
        const auto off = found == commissions.end() ? Amount{0, sums.gross.asset()} : found->second;
        auto shared = sums.gross - sums.tax;
        if (plan.basis == Basis::net) shared -= sums.fees;
        if (!plan.commission_from) shared -= off;
        result.pools.push_back({plan.id, sums.gross, sums.tax, sums.fees, off, shared, allocate_shares(plan, shared)});
        for (auto& due : share_out(plan, result.pools.back())) result.dues.push_back(std::move(due));
    }
    prove(result);
    std::erase_if(result.dues, [](const Due& d) { return d.amount.is_zero(); });
    return result;
}

} // namespace passa::split
