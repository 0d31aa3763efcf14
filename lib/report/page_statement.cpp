// A statement as fields of templates/statement/statement.html.
#include "lib/report/asset_name.hpp"
#include "lib/report/chart.hpp"
#include "lib/report/pages.hpp"
#include "lib/report/statement.hpp"

#include <algorithm>

namespace passa::report {
namespace {

using render::List;

std::set<money::Asset> assets_of(const Statement& s) {
    std::set<money::Asset> assets;
    for (const auto& account : s.accounts) assets.insert(account.totals.owed.asset());
    for (const auto& p : s.payouts) assets.insert({p.owed.asset(), p.amount.asset()});
    return assets;
}

List earned_fields(const Statement& s, bool commission) {
    List out;
    for (const auto& e : s.earned) {
        if (e.commission != commission) continue;
        out.push_back({{"settlement", e.settlement.text()},
                       {"through", e.through},
                       {"terms", e.terms},
                       {"base", figure(e.base)},
                       {"rate", e.rate},
                       {"borne", e.borne.is_zero() ? std::string{} : figure(e.borne)},
                       {"due", figure(e.due)},
                       {"before", figure(e.before)},
                       {"posted", figure(e.posted)},
                       {"asset", code_of(e.posted)}});
    }
    return out;
}

List pool_fields(const Statement& s) {
    List out;
    for (const auto& p : s.pools)
        out.push_back({{"settlement", p.settlement.text()},
                       {"through", p.through},
                       {"plan", p.plan},
                       {"gross", figure(p.gross)},
                       {"tax", figure(p.tax)},
                       {"fees", figure(p.fees)},
                       {"commissions", figure(p.commissions)},
                       {"shared", figure(p.shared)},
                       {"asset", code_of(p.gross)}});
    return out;
}

List account_fields(const Statement& s) {
    List out;
    for (const auto& account : s.accounts) {
        List lines;
        for (const auto& l : account.lines)
            lines.push_back({{"at", l.at},
                             {"what", l.what},
                             {"reference", l.reference},
                             {"key", l.key},
                             {"has_key", !l.key.empty()},
                             {"amount", figure(l.amount)},
                             {"balance", figure(l.balance)}});
        const auto& t = account.totals;
        out.push_back({{"asset", asset_name(t.owed.asset())},
                       {"earned", figure(account.earned())},
                       {"paid", figure(t.paid)},
                       {"under_way", figure(t.under_way)},
                       {"set_off", figure(account.set_off)},
                       {"any_set_off", !account.set_off.is_zero()},
                       {"other", figure(account.other())},
                       {"any_other", !account.other().is_zero()},
                       {"owed", figure(t.owed)},
                       {"party_owes", t.owed.is_negative()},
                       {"lines", std::move(lines)}});
    }
    return out;
}

} // namespace

std::string make_statement_page(const Statement& s, std::string_view program) {
    auto fields = head_fields(s.head, program);
    auto shares = earned_fields(s, false), commissions = earned_fields(s, true);
    fields.insert_or_assign("any_shares", !shares.empty());
    fields.insert_or_assign("any_commissions", !commissions.empty());
    fields.insert_or_assign(
        "any_borne", std::any_of(s.earned.begin(), s.earned.end(), [](const Earned& e) { return !e.borne.is_zero(); }));
    fields.insert_or_assign("shares", std::move(shares));
    fields.insert_or_assign("commissions", std::move(commissions));
    fields.insert_or_assign("party", s.title);
    fields.insert_or_assign("party_name", s.party);
    fields.insert_or_assign("pools", pool_fields(s));
    fields.insert_or_assign("accounts", account_fields(s));
    fields.insert_or_assign("payouts", payout_fields(s.payouts));
    fields.insert_or_assign("paid_totals", paid_total_fields(s.payouts));
    fields.insert_or_assign("issued_assets", issued_asset_fields(assets_of(s)));
    fields.insert_or_assign("any_payouts", !s.payouts.empty());
    return render::render(page_template("statement.html"), fields, render::Output::html).value_or_throw();
}

} // namespace passa::report
