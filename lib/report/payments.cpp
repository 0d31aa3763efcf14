// Rows to figures; how a payout's conversion is said stands here too.
#include "lib/report/payments.hpp"

#include "lib/money/rate.hpp"
#include "report_sql.hpp"

namespace passa::report {
namespace {

std::string rate_text(const db::Row& row, const money::Asset& from, const money::Asset& to) {
    if (row.is_null("mantissa")) return {};
    const money::Exchange exchange{from, to, static_cast<std::uint64_t>(row.get<std::int64_t>("mantissa")),
                                   row.get<int>("decimals")};
    return fmt::format("1 {} = {} {} ({})", from.code(), exchange.rate_text(), to.code(),
                       row.get<std::string>("rate_name"));
}

PaidOut read_payout(const db::Row& row) {
    const auto text = [&](std::string_view column) { return row.get<std::string>(column); };
    const money::Asset owed{text("owed_asset_id"), row.get<int>("owed_scale")};
    const auto amount = row.amount("amount_minor");
    return {id_text::encode("pay", row.get<IdBytes>("id")),
            text("party"),
            row.amount("owed_minor", owed),
            amount,
            rate_text(row, owed, amount.asset()),
            text("state"),
            text("reason"),
            text("rail"),
            text("destination"),
            row.get<std::optional<std::string>>("network").value_or(""),
            text("at"),
            row.get<std::optional<std::string>>("key").value_or(""),
            row.get<Instant>("moved_at"),
            text("source") == "payable"};
}

TreasuryProof proof_of(const db::Row& row) {
    TreasuryProof proof;
    proof.treasury = row.get<std::string>("treasury");
    proof.account = row.get<std::string>("account");
    proof.runs = row.get<std::int64_t>("runs");
    if (row.is_null("run_id")) return proof;
    proof.ran = row.get<std::string>("ran");
    if (!row.get<bool>("complete")) proof.hole = row.get<std::string>("hole");
    proof.to_ledger = row.get<std::int64_t>("to_ledger");
    proof.lines_read = row.get<std::int64_t>("lines_read");
    proof.matched = row.get<std::int64_t>("matched");
    return proof;
}

void load_treasuries(db::Transaction& tx, OrganizerId organizer, EventId event, Payments& out) {
    for (const auto& row : tx.run(sql::load_recon_runs, organizer, event)) {
        if (out.treasuries.empty() || out.treasuries.back().treasury != row.get<std::string>("treasury"))
            out.treasuries.push_back(proof_of(row));
        if (row.is_null("asset_id")) continue;
        out.treasuries.back().lines.push_back({row.amount("opening"), row.amount("money_in"), row.amount("money_out"),
                                               row.amount("fees"), row.amount("closing"), row.amount("gap")});
    }
}

} // namespace

std::vector<PartyBalance> totals_by_asset(const std::vector<PartyBalance>& balances) {
    std::vector<PartyBalance> totals;
    for (const auto& b : balances) {
        if (totals.empty() || totals.back().owed.asset() != b.owed.asset()) {
            totals.push_back(b);
            totals.back().party = "All parties";
            continue;
        }
        auto& t = totals.back();
        t.share += b.share;
        t.commission += b.commission;
        t.paid += b.paid;
        t.under_way += b.under_way;
        t.owed += b.owed;
    }
    return totals;
}

std::vector<PaidOut> load_payouts(db::Transaction& tx, OrganizerId organizer, EventId event,
                                  std::optional<PartyId> party) {
    std::vector<PaidOut> payouts;
    for (const auto& row : tx.run(sql::load_payouts, organizer, event, party)) payouts.push_back(read_payout(row));
    return payouts;
}

Payments load_payments(db::Transaction& tx, OrganizerId organizer, EventId event, Instant now) {
    Payments out;
    for (const auto& row : tx.run(sql::load_party_balances, organizer, event))
        out.balances.push_back({row.get<PartyId>("id"), row.get<std::string>("title"), row.amount("share"),
                                row.amount("commission"), row.amount("paid"), row.amount("under_way"),
                                row.amount("owed")});
    out.payouts = load_payouts(tx, organizer, event, std::nullopt);
    const auto matched = tx.run(sql::count_matched, organizer, event).one();
    out.paid = matched.get<std::int64_t>("paid");
    out.matched = matched.get<std::int64_t>("matched");
    load_treasuries(tx, organizer, event, out);
    for (const auto& row : tx.run(sql::load_open_breaks, organizer, event, now))
        out.breaks.push_back({row.get<std::string>("type"), row.get<std::string>("subject"),
                              row.get<std::string>("treasury"), row.get<std::string>("opened"),
                              row.get<std::int64_t>("days"), row.amount("amount_minor")});
    return out;
}

} // namespace passa::report
