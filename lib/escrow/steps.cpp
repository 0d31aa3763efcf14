// The same arithmetic as contracts/event-revenue/src/book.rs, so that nothing is asked that it would refuse.
#include "lib/escrow/steps.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/money/allocate.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace passa::escrow {
namespace {

constexpr std::size_t k_credits_at_once = 50; // contracts/event-revenue: MOST_AT_ONCE

// Told from every other by what it leads to: who asks again from the same place asks by the same name.
Hash256 reference(const Escrow& escrow, const VersionDue& due, std::string_view act, Int128 leads_to) {
    return crypto::sha256(as_bytes(fmt::format("passa escrow\n{}\n{}\n{}\n{}", escrow.plan, id_text::uuid(due.version),
                                               act, money::to_text(leads_to))));
}

// May so much leave? It must be there, and nobody may have had more than he is due then; the contract grants one unit.
bool covers(const VersionDue& due, const ContractBook& now, Int128 refund) {
    const auto net = now.deposited - now.refunded - refund - now.commissions;
    if (net < 0 || now.held() < refund) return false;
    const auto parts = share_parts(due, net);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] + 1 < now.paid[i]) return false;
    return true;
}

// What creators earned and the contract has not credited, as many in each as it takes at once.
std::vector<Step> credit_steps(const Escrow& escrow, const VersionDue& due, const ContractBook& now,
                               std::vector<std::string>& waits) {
    std::vector<Step> steps;
    auto leads_to = now.commissions;
    for (const auto& [creator, earned] : due.commissions) {
        const auto it = now.credits.find(creator.address);
        const auto more = earned.minor() - (it == now.credits.end() ? 0 : it->second.due);
        if (more < 0)
            waits.push_back(
                fmt::format("{} was credited {} more than is earned by now: later commissions make up for it",
                            creator.name, Amount{-more, escrow.asset}));
        if (more <= 0) continue;
        if (steps.empty() || steps.back().earned.size() == k_credits_at_once) steps.push_back({Act::credit});
        steps.back().earned.emplace_back(creator.address, more);
        leads_to += more;
        steps.back().reference = reference(escrow, due, "credit", leads_to);
    }
    return steps;
}

} // namespace

std::vector<Int128> share_parts(const VersionDue& due, Int128 total) {
    std::vector<Int128> weights, parts;
    for (const auto& share : due.shares) weights.push_back(Int128{share.bps});
    const money::Asset units{"units", 0};
    for (const auto& part : money::allocate({total, units}, weights).value_or_throw()) parts.push_back(part.minor());
    return parts;
}

Int128 ContractBook::held() const {
    return deposited - refunded - commissions_paid - std::accumulate(paid.begin(), paid.end(), Int128{0});
}

Int128 Step::credited() const {
    return std::accumulate(earned.begin(), earned.end(), Int128{0},
                           [](Int128 sum, const auto& each) { return sum + each.second; });
}

Steps plan_steps(const Escrow& escrow, const VersionDue& due, const ContractBook& now) {
    Steps out;
    auto credits = credit_steps(escrow, due, now, out.waits);
    const auto missing = due.total().minor() - (now.deposited - now.refunded);
    if (missing > 0) {
        Step deposit{Act::deposit, missing, {}, reference(escrow, due, "deposit", now.deposited + missing)};
        if (!credits.empty()) deposit.earned = std::exchange(credits.front().earned, {});
        out.steps.push_back(std::move(deposit));
    }
    if (missing < 0 && covers(due, now, -missing))
        out.steps.push_back({Act::refund, -missing, {}, reference(escrow, due, "refund", now.refunded - missing)});
    else if (missing < 0)
        out.waits.push_back(fmt::format("{} less is due than was deposited, and it was paid out already: later sales "
                                        "make up for it",
                                        Amount{-missing, escrow.asset}));
    for (auto& credit : credits)
        if (!credit.earned.empty()) out.steps.push_back(std::move(credit));
    return out;
}

std::vector<std::string> find_owed(const VersionDue& due, const ContractBook& then) {
    std::vector<std::string> owed;
    const auto parts = share_parts(due, then.deposited - then.refunded - then.commissions);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] > then.paid[i]) owed.push_back(due.shares[i].payee.address);
    for (const auto& [address, credit] : then.credits)
        if (credit.due > credit.paid && std::find(owed.begin(), owed.end(), address) == owed.end())
            owed.push_back(address);
    return owed;
}

} // namespace passa::escrow
