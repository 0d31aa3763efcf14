// One place says how a payout looks.
#include "cli/payout/records.hpp"

#include "lib/base/text.hpp"

#include <map>

namespace passa::cli {
namespace {

bool counts(const payout::StateSum& sum) {
    using S = payout::State;
    const auto state = sum.state;
    const bool is_over = state == S::blocked || state == S::cancelled || state == S::failed || state == S::returned;
    return sum.found_paid || !is_over;
}

std::map<std::string, money::Amount> totals(const std::vector<payout::StateSum>& sums) {
    std::map<std::string, money::Amount> totals;
    for (const auto& sum : sums) {
        if (!counts(sum)) continue;
        const auto [it, fresh] = totals.try_emplace(sum.amount.asset().id, sum.amount);
        if (!fresh) it->second += sum.amount;
    }
    return totals;
}

} // namespace

std::int64_t count_of(const std::vector<payout::StateSum>& sums) {
    std::int64_t count = 0;
    for (const auto& sum : sums) count += sum.payouts;
    return count;
}

std::int64_t Shown::count() const { return count_of(sums); }

Shown load_shown(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    return {payout::sum_payouts(tx, organizer, batch), payout::load_payouts(tx, organizer, batch, {0, k_shown})};
}

void tell_more(Context& ctx, BatchId batch, const Shown& shown) {
    if (shown.payouts.empty()) return;
    const auto next = shown.payouts.back().pos + 1;
    if (next >= shown.count()) return;
    ctx.note(fmt::format("{} of {} payouts are shown{}", shown.payouts.size(), shown.count(),
                         batch.is_nil() ? std::string{}
                                        : fmt::format("; go on with: passa payout show {} --from {}", batch, next)));
}

// With the issuer: who approves must see whose dollar it is.
std::string total_text(const std::vector<payout::StateSum>& sums) {
    std::vector<std::string> parts;
    for (const auto& [asset, sum] : totals(sums)) parts.push_back(sum.text());
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

out::Records carried_records(const std::vector<payout::Carried>& carried) {
    out::Records records;
    for (const auto& c : carried)
        records.push_back({{"party", c.payable.party_name}, {"owed", c.payable.owed}, {"reason", c.reason}});
    return records;
}

out::Record batch_record(const payout::Batch& batch, const Shown& shown) {
    out::Records sums;
    for (const auto& [asset, sum] : totals(shown.sums)) sums.push_back({{"total", sum}});
    return {{"batch", batch.id.text()},
            {"state", batch.state},
            {"event", batch.event_name},
            {"treasury", batch.treasury.name},
            {"network", network_of(batch.treasury)},
            {"sha256", to_hex(batch.sha256)},
            {"made_by", batch.made_by},
            {"made_at", batch.made_at},
            {"key", batch.key},
            {"totals", sums},
            {"count", shown.count()},
            {"payouts", payout_records(shown.payouts)}};
}

} // namespace passa::cli
