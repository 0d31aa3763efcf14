// What was paid and what proves it, as fields.
#include "lib/report/asset_name.hpp"
#include "lib/report/chart.hpp"
#include "lib/report/pages.hpp"

#include <algorithm>
#include <map>

namespace passa::report {
namespace {

using render::Fields;
using render::List;

std::string figure_or_blank(const Amount& amount) { return amount.is_zero() ? std::string{} : figure(amount); }

List balance_fields(const std::vector<PartyBalance>& balances, bool any_other) {
    List out;
    for (const auto& b : balances)
        out.push_back({{"party", b.party},
                       {"asset", asset_name(b.owed.asset())},
                       {"share", figure_or_blank(b.share)},
                       {"commission", figure_or_blank(b.commission)},
                       {"paid", figure_or_blank(b.paid)},
                       {"under_way", figure_or_blank(b.under_way)},
                       {"other", figure_or_blank(b.other())},
                       {"any_other", any_other},
                       {"owed", figure(b.owed)}});
    return out;
}

List treasury_fields(const std::vector<TreasuryProof>& treasuries) {
    List out;
    for (const auto& t : treasuries) {
        List lines;
        for (const auto& l : t.lines)
            lines.push_back({{"asset", code_of(l.opening)},
                             {"issuer", issuer_note(l.opening)},
                             {"opening", figure(l.opening)},
                             {"money_in", figure(l.money_in)},
                             {"money_out", figure(l.money_out)},
                             {"fees", figure(l.fees)},
                             {"closing", figure(l.closing)},
                             {"gap", figure(l.gap)},
                             {"closed", l.gap.is_zero() && t.hole.empty()},
                             {"open", !l.gap.is_zero()}});
        out.push_back({{"treasury", t.treasury},
                       {"account", t.account},
                       {"was_run", !t.ran.empty()},
                       {"has_hole", !t.hole.empty()},
                       {"hole", t.hole},
                       {"ran", t.ran},
                       {"runs", count(t.runs)},
                       {"to_ledger", count(t.to_ledger)},
                       {"lines_read", count(t.lines_read)},
                       {"matched", count(t.matched)},
                       {"lines", std::move(lines)}});
    }
    return out;
}

List break_fields(const std::vector<OpenBreak>& breaks) {
    List out;
    for (const auto& b : breaks)
        out.push_back({{"type", b.type},
                       {"subject", b.subject},
                       {"treasury", b.treasury},
                       {"opened", b.opened},
                       {"days", count(b.days)},
                       {"amount", figure(b.amount)},
                       {"asset", code_of(b.amount)},
                       {"issuer", issuer_note(b.amount)}});
    return out;
}

} // namespace

List payout_fields(const std::vector<PaidOut>& payouts) {
    List out;
    const PaidOut* before = nullptr;
    for (const auto& p : payouts) {
        const bool other_try = before ? before->key != p.key || before->network != p.network : !p.key.empty();
        before = &p;
        out.push_back({{"id", p.id},
                       {"party", p.party},
                       {"owed", figure(p.owed) + " " + code_of(p.owed)},
                       {"amount", figure(p.amount)},
                       {"asset", code_of(p.amount)},
                       {"issuer", issuer_note(p.amount)},
                       {"rate", p.rate},
                       {"state", p.state},
                       {"reason", with_short_issuers(p.reason)},
                       {"has_reason", !p.reason.empty() && !p.is_paid()},
                       {"rail", p.rail},
                       {"destination", shortened(p.destination)},
                       {"at", p.at},
                       {"network", p.network},
                       {"key", p.key},
                       {"begins_transaction", other_try && !p.key.empty()},
                       {"begins_unsent", other_try && p.key.empty()}});
    }
    return out;
}

List paid_total_fields(const std::vector<PaidOut>& payouts) {
    struct Total {
        std::int64_t payouts = 0;
        Amount owed, amount;
    };
    std::map<std::pair<money::Asset, money::Asset>, Total> totals;
    for (const auto& p : payouts) {
        if (!p.is_paid()) continue;
        const auto [it, first] = totals.try_emplace({p.owed.asset(), p.amount.asset()},
                                                    Total{0, {0, p.owed.asset()}, {0, p.amount.asset()}});
        ++it->second.payouts;
        it->second.owed += p.owed;
        it->second.amount += p.amount;
    }
    List out;
    for (const auto& [assets, t] : totals)
        out.push_back({{"payouts", count(t.payouts)},
                       {"owed", figure(t.owed) + " " + code_of(t.owed)},
                       {"amount", figure(t.amount) + " " + code_of(t.amount)},
                       {"issuer", issuer_note(t.amount)}});
    return out;
}

namespace {

std::set<money::Asset> assets_of(const Payments& payments) {
    std::set<money::Asset> assets;
    for (const auto& b : payments.balances) assets.insert(b.owed.asset());
    for (const auto& p : payments.payouts) assets.insert({p.owed.asset(), p.amount.asset()});
    for (const auto& t : payments.treasuries)
        for (const auto& l : t.lines) assets.insert(l.opening.asset());
    for (const auto& b : payments.breaks) assets.insert(b.amount.asset());
    return assets;
}

} // namespace

Fields payment_fields(const Payments& payments) {
    const bool any_other = std::any_of(payments.balances.begin(), payments.balances.end(),
                                       [](const PartyBalance& b) { return !b.other().is_zero(); });
    return {{"balances", balance_fields(payments.balances, any_other)},
            {"balance_totals", balance_fields(totals_by_asset(payments.balances), any_other)},
            {"any_other", any_other},
            {"payouts", payout_fields(payments.payouts)},
            {"any_payouts", !payments.payouts.empty()},
            {"paid_totals", paid_total_fields(payments.payouts)},
            {"issued_assets", issued_asset_fields(assets_of(payments))},
            {"paid_count", count(payments.paid)},
            {"matched_count", count(payments.matched)},
            {"treasuries", treasury_fields(payments.treasuries)},
            {"any_breaks", !payments.breaks.empty()},
            {"breaks", break_fields(payments.breaks)}};
}

} // namespace passa::report
