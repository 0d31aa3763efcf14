// The same rows as the page, for a spreadsheet: amounts as plain numbers, one line an amount, times as ISO 8601 in UTC.
// With the pool rows a payee can work out every base: gross less tax, less fees and commissions unless a party bears
// them.
#include "lib/render/csv.hpp"
#include "lib/report/statement.hpp"

#include <array>

namespace passa::report {
namespace {

enum Column : std::size_t {
    event,
    party,
    line,
    at,
    reference,
    terms,
    base_to_date,
    rate,
    borne_to_date,
    due_to_date,
    posted_before,
    amount,
    balance,
    asset,
    paid_amount,
    paid_asset,
    exchange_rate,
    state,
    transaction,
    network,
    reason,
    gross,
    tax,
    fees,
    fees_from,
    commissions,
    commissions_from,
    k_columns
};
constexpr std::array<std::string_view, k_columns> k_names{"event",        "party",         "line",
                                                          "at",           "reference",     "terms",
                                                          "base_to_date", "rate",          "borne_to_date",
                                                          "due_to_date",  "posted_before", "amount",
                                                          "balance",      "asset",         "paid_amount",
                                                          "paid_asset",   "exchange_rate", "state",
                                                          "transaction",  "network",       "reason",
                                                          "gross",        "tax",           "fees",
                                                          "fees_from",    "commissions",   "commissions_from"};

using Row = std::array<std::string, k_columns>;

Row new_row(const Statement& s, std::string_view kind) {
    Row row;
    row[event] = s.head.name;
    row[party] = s.party;
    row[line] = kind;
    return row;
}

Row earned_row(const Statement& s, const Earned& e) {
    auto row = new_row(s, e.commission ? "commission" : "share");
    row[at] = to_text(e.cut);
    row[reference] = e.settlement.text();
    row[terms] = e.terms;
    row[base_to_date] = e.base.number();
    row[rate] = e.rate;
    row[borne_to_date] = e.borne.number();
    row[due_to_date] = e.due.number();
    row[posted_before] = e.before.number();
    row[amount] = e.posted.number();
    row[asset] = e.posted.asset().id;
    return row;
}

Row pool_row(const Statement& s, const PoolOfSettlement& p) {
    auto row = new_row(s, "pool");
    row[at] = to_text(p.cut);
    row[reference] = p.settlement.text();
    row[terms] = p.plan;
    row[base_to_date] = p.shared.number();
    row[asset] = p.shared.asset().id;
    row[gross] = p.gross.number();
    row[tax] = p.tax.number();
    row[fees] = p.fees.number();
    row[fees_from] = p.fees_from;
    row[commissions] = p.commissions.number();
    row[commissions_from] = p.commissions_from;
    return row;
}

Row payout_row(const Statement& s, const PaidOut& p) {
    auto row = new_row(s, "payout");
    row[at] = to_text(p.moved_at);
    row[reference] = p.id;
    row[asset] = p.owed.asset().id;
    if (p.is_paid() || p.is_under_way()) { // else nothing moved
        row[amount] = (-p.owed).number();
        row[paid_amount] = p.amount.number();
    }
    row[paid_asset] = p.amount.asset().id;
    row[exchange_rate] = p.rate;
    row[state] = p.state;
    row[transaction] = p.key;
    row[network] = p.network;
    row[reason] = p.reason;
    return row;
}

Row account_row(const Statement& s, const AccountLine& a) {
    auto row = new_row(s, "account");
    if (a.when) row[at] = to_text(*a.when);
    row[reference] = a.reference;
    row[terms] = a.what;
    row[amount] = a.amount.number();
    row[balance] = a.balance.number();
    row[asset] = a.amount.asset().id;
    row[transaction] = a.key;
    return row;
}

Row total_row(const Statement& s, std::string_view kind, const Amount& total) {
    auto row = new_row(s, kind);
    row[amount] = total.number();
    row[asset] = total.asset().id;
    return row;
}

} // namespace

std::string make_statement_csv(const Statement& s) {
    Row header;
    for (std::size_t i = 0; i < k_columns; ++i) header[i] = k_names[i];
    auto text = render::csv_row(header);
    for (const auto& p : s.pools) text += render::csv_row(pool_row(s, p));
    for (const auto& e : s.earned) text += render::csv_row(earned_row(s, e));
    for (const auto& p : s.payouts) text += render::csv_row(payout_row(s, p));
    for (const auto& account : s.accounts) {
        for (const auto& a : account.lines) text += render::csv_row(account_row(s, a));
        text += render::csv_row(total_row(s, "total earned", account.earned()));
        text += render::csv_row(total_row(s, "total paid", account.totals.paid));
        text += render::csv_row(total_row(s, "total on its way", account.totals.under_way));
        text += render::csv_row(total_row(s, "total set against other events", account.set_off));
        text += render::csv_row(total_row(s, "total other bookings", account.other()));
        text += render::csv_row(total_row(s, "balance due", account.totals.owed));
    }
    return text;
}

} // namespace passa::report
