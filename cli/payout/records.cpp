// One place says how a payout looks.
#include "cli/payout/records.hpp"

#include "lib/base/text.hpp"

#include <map>

namespace passa::cli {
namespace {

bool counts(const payout::Payout& payout) {
    using S = payout::State;
    const auto state = payout.state;
    const bool is_over = state == S::blocked || state == S::cancelled || state == S::failed || state == S::returned;
    return payout.found_paid || !is_over;
}

std::map<std::string, money::Amount> totals(const std::vector<payout::Payout>& payouts) {
    std::map<std::string, money::Amount> sums;
    for (const auto& p : payouts) {
        if (!counts(p)) continue;
        const auto [it, fresh] = sums.try_emplace(p.amount.asset().id, p.amount);
        if (!fresh) it->second += p.amount;
    }
    return sums;
}

} // namespace

// With the issuer: who approves must see whose dollar it is.
std::string total_text(const std::vector<payout::Payout>& payouts) {
    std::vector<std::string> parts;
    for (const auto& [asset, sum] : totals(payouts)) parts.push_back(sum.text());
    return parts.empty() ? "nothing" : join(parts, " and ");
}

std::string network_of(const payout::Treasury& treasury) { return treasury.network.value_or(treasury.rail); }

out::Records payout_records(const std::vector<payout::Payout>& payouts) {
    out::Records records;
    for (const auto& p : payouts)
        records.push_back({{"payout", p.id.text()},
                           {"party", p.party_name},
                           {"owed", p.owed},
                           {"netted", p.netted},
                           {"amount", p.amount},
                           {"state", std::string{payout::name(p.state)}},
                           {"destination", p.destination},
                           {"memo", p.memo},
                           {"reference", p.reference},
                           {"transaction", p.attempt_key},
                           {"reason", p.reason}});
    return records;
}

out::Records planned_records(const payout::Plan& plan) {
    out::Records records;
    for (const auto& p : plan.payouts)
        records.push_back({{"party", p.payable.party_name},
                           {"owed", p.payable.owed},
                           {"netted", p.netted},
                           {"state", std::string{payout::name(p.state)}},
                           {"reason", p.reason}});
    return records;
}

out::Records carried_records(const payout::Plan& plan) {
    out::Records records;
    for (const auto& c : plan.carried)
        records.push_back({{"party", c.payable.party_name}, {"owed", c.payable.owed}, {"reason", c.reason}});
    return records;
}

out::Record batch_record(const payout::Batch& batch, const std::vector<payout::Payout>& payouts) {
    out::Records sums;
    for (const auto& [asset, sum] : totals(payouts)) sums.push_back({{"total", sum}});
    return {{"batch", batch.id.text()},
            {"state", batch.state},
            {"event", batch.event_name},
            {"treasury", batch.treasury.name},
            {"network", network_of(batch.treasury)},
            {"sha256", to_hex(batch.sha256)},
            {"made_by", batch.made_by},
            {"made_at", batch.made_at},
            {"totals", sums},
            {"payouts", payout_records(payouts)}};
}

} // namespace passa::cli
