// What was paid and what proves it, as fields.
#include "lib/report/chart.hpp"
#include "lib/report/pages.hpp"

#include <algorithm>

namespace passa::report {
namespace {

using render::Fields;
using render::List;

constexpr std::size_t k_shown_whole = 20, k_shown_end = 6;

std::string figure_or_blank(const Amount& amount) { return amount.is_zero() ? std::string{} : figure(amount); }

List balance_fields(const std::vector<PartyBalance>& balances, bool any_other) {
    List out;
    for (const auto& b : balances)
        out.push_back({{"party", b.party},
                       {"asset", std::string{b.owed.asset().code()}},
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
            lines.push_back({{"asset", std::string{l.opening.asset().code()}},
                             {"opening", figure(l.opening)},
                             {"money_in", figure(l.money_in)},
                             {"money_out", figure(l.money_out)},
                             {"fees", figure(l.fees)},
                             {"closing", figure(l.closing)},
                             {"gap", figure(l.gap)},
                             {"closed", l.gap.is_zero()}});
        out.push_back({{"treasury", t.treasury},
                       {"was_run", !t.ran.empty()},
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
                       {"asset", std::string{b.amount.asset().code()}}});
    return out;
}

} // namespace

std::string shortened(const std::string& name) {
    if (name.size() <= k_shown_whole) return name;
    if (std::any_of(name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }))
        return name; // not to cut a letter
    return name.substr(0, k_shown_end) + "…" + name.substr(name.size() - k_shown_end);
}

List payout_fields(const std::vector<PaidOut>& payouts) {
    List out;
    for (const auto& p : payouts)
        out.push_back({{"id", p.id},
                       {"party", p.party},
                       {"owed", figure(p.owed) + " " + std::string{p.owed.asset().code()}},
                       {"amount", figure(p.amount)},
                       {"asset", std::string{p.amount.asset().code()}},
                       {"rate", p.rate},
                       {"state", p.state},
                       {"reason", p.reason},
                       {"has_reason", !p.reason.empty()},
                       {"rail", p.rail},
                       {"destination", shortened(p.destination)},
                       {"at", p.at},
                       {"network", p.network},
                       {"key", p.key},
                       {"has_key", !p.key.empty()}});
    return out;
}

Fields payment_fields(const Payments& payments) {
    const bool any_other = std::any_of(payments.balances.begin(), payments.balances.end(),
                                       [](const PartyBalance& b) { return !b.other().is_zero(); });
    return {{"balances", balance_fields(payments.balances, any_other)},
            {"balance_totals", balance_fields(totals_by_asset(payments.balances), any_other)},
            {"any_other", any_other},
            {"payouts", payout_fields(payments.payouts)},
            {"any_payouts", !payments.payouts.empty()},
            {"paid_count", count(payments.paid)},
            {"matched_count", count(payments.matched)},
            {"treasuries", treasury_fields(payments.treasuries)},
            {"any_breaks", !payments.breaks.empty()},
            {"breaks", break_fields(payments.breaks)}};
}

} // namespace passa::report
