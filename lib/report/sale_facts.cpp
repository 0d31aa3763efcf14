// Rows to facts; each rule that made a row is asked again.
#include "lib/report/sale_facts.hpp"

#include "report_sql.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace passa::report {
namespace {

void require(bool holds, const sale::SaleLine& line, std::string_view what) {
    if (holds) return;
    throw Error{{Kind::balance_gap, "explain.sale_differs",
                 fmt::format("sale line {} does not follow from what is stored: {}", line.id, what),
                 "stop settling and paying this event and run: passa ledger check"}};
}

void apply_rules_again(const db::Row& row, const sale::SaleLine& line) {
    require(line.net == line.gross - line.tax - line.fee_platform - line.fee_payment, line,
            "its net is not gross less tax and fees");
    require(row.get<bool>("id_follows"), line, "its id is not that of its order and line");
    require(row.get<bool>("plan_follows"), line, "another plan version was in force when it was sold");
    require(row.get<bool>("credit_follows"), line,
            "its code credited somebody else, or on other terms, when it was sold");
    require(row.get<bool>("versions_of_sale"), line, "it does not have the versions and the creator of its sale");
}

LineFacts load_line(db::Transaction& tx, OrganizerId organizer, const sale::SaleLine& line) {
    const auto event = tx.run(sql::find_event_of_line, organizer, line.id).one().get<EventId>("event_id");
    const auto row = tx.run(sql::load_line_facts, organizer, event, line.id).one();
    apply_rules_again(row, line);
    LineFacts facts;
    facts.line = line;
    facts.event = row.get<std::string>("event");
    facts.key = {row.get<IdBytes>("plan_version_id"), row.get<std::optional<IdBytes>>("campaign_version_id"),
                 row.get<std::optional<PartyId>>("creator_id")};
    facts.tier_title = row.get<std::optional<std::string>>("tier_title");
    if (facts.tier_title)
        facts.tier_price = row.amount("tier_price", {row.get<std::string>("tier_asset"), row.get<int>("tier_scale")});
    facts.basis = row.get<std::string>("basis");
    facts.plan_from = row.get<Instant>("plan_from");
    if (const auto ppm = row.get<std::optional<int>>("rate_ppm")) {
        facts.commission_rate = money::Rate::from_ppm(static_cast<std::uint32_t>(*ppm)).text();
        facts.campaign_from = row.get<Instant>("campaign_from");
    }
    facts.import = row.get<ImportId>("import_id");
    facts.imported_by = row.get<std::string>("imported_by");
    facts.profile_sha256 = row.get<Hash256>("profile_sha256");
    for (const auto& journal : tx.run(sql::load_import_journals, organizer, facts.import))
        facts.journals.push_back(journal.get<JournalId>("id"));
    facts.settlement = row.get<std::optional<SettlementId>>("settlement_id");
    return facts;
}

SettledPool::Part part_of(const settle::Replay& replay, const settle::Delta& delta) {
    const auto party = delta.due.party;
    SettledPool::Part part{replay.party_names.at(party),
                           delta.due.kind == split::DueKind::commission,
                           {},
                           {},
                           delta.due.amount,
                           delta.posted_before,
                           delta.delta};
    if (part.commission) {
        for (const auto& c : replay.due.commissions)
            if (c.eligible.campaign_version == delta.due.campaign_version && c.eligible.creator == party)
                part.base = c.eligible.total;
        for (const auto& t : replay.terms)
            if (t.id == delta.due.campaign_version) part.rate = t.rate.text();
        return part;
    }
    for (const auto& plan : replay.plans)
        for (const auto& share : plan.shares)
            if (plan.id == delta.due.plan_version && share.party == party)
                part.rate = money::Rate::from_ppm(share.ppm).text();
    return part;
}

// Commissions of other creators do not concern the line.
SettledPool pool_of(const settle::Replay& replay, const LineKey& key, const money::Asset& asset) {
    const auto pool = std::find_if(replay.due.pools.begin(), replay.due.pools.end(), [&](const split::Pool& p) {
        return p.plan_version == key.plan_version && p.gross.asset() == asset;
    });
    PASSA_ASSERT(pool != replay.due.pools.end());
    SettledPool out{replay.settlement.id, replay.settlement.through, *pool, {}};
    for (const auto& delta : replay.settlement.deltas) {
        if (delta.due.plan_version != key.plan_version || delta.delta.asset() != asset) continue;
        const bool commission = delta.due.kind == split::DueKind::commission;
        if (commission && (delta.due.party != key.creator || delta.due.campaign_version != key.campaign_version))
            continue;
        out.parts.push_back(part_of(replay, delta));
    }
    return out;
}

} // namespace

SaleFacts explain_sale(db::Transaction& tx, OrganizerId organizer, std::string_view id_or_order) {
    SaleFacts facts;
    std::set<std::tuple<SettlementId, IdBytes, std::optional<IdBytes>, std::optional<PartyId>, std::string>> seen;
    std::map<SettlementId, settle::Replay> replays;
    for (const auto& line : sale::load_sale(tx, organizer, id_or_order)) {
        facts.lines.push_back(load_line(tx, organizer, line));
        const auto& key = facts.lines.back().key;
        const auto& settlement = facts.lines.back().settlement;
        if (!settlement ||
            !seen.emplace(*settlement, key.plan_version, key.campaign_version, key.creator, line.gross.asset().id)
                 .second)
            continue;
        if (!replays.contains(*settlement)) replays.emplace(*settlement, settle::replay(tx, organizer, *settlement));
        facts.pools.push_back(pool_of(replays.at(*settlement), key, line.gross.asset()));
    }
    return facts;
}

} // namespace passa::report
