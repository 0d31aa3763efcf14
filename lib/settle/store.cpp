// Reading rows into the types of the law.
#include "lib/settle/store.hpp"

#include "settle_sql.hpp"

#include <algorithm>

namespace passa::settle {
std::vector<split::PlanVersion> load_plans(db::Transaction& tx, OrganizerId organizer, EventId event) {
    std::vector<split::PlanVersion> plans;
    for (const auto& row : tx.run(sql::load_plans, organizer, event)) {
        const auto id = row.get<IdBytes>("id");
        if (plans.empty() || plans.back().id != id)
            plans.push_back({id,
                             row.get<std::string>("basis") == "gross" ? split::Basis::gross : split::Basis::net,
                             row.get<std::optional<PartyId>>("fees_from"),
                             row.get<std::optional<PartyId>>("commission_from"),
                             {}});
        plans.back().shares.push_back({row.get<PartyId>("party_id"), static_cast<std::uint32_t>(row.get<int>("ppm"))});
    }
    return plans;
}

std::vector<creator::Terms> load_terms(db::Transaction& tx, OrganizerId organizer, EventId event,
                                       const money::Asset& currency) {
    std::vector<creator::Terms> terms;
    for (const auto& row : tx.run(sql::load_terms, organizer, event)) {
        const auto cap = row.get<std::optional<money::Int128>>("cap_minor");
        terms.push_back({row.get<IdBytes>("id"), row.get<IdBytes>("campaign_id"), row.get<int>("version"),
                         money::Rate::from_ppm(static_cast<std::uint32_t>(row.get<int>("rate_ppm"))),
                         cap ? std::optional{money::Amount{*cap, currency}} : std::nullopt});
    }
    return terms;
}

namespace {

split::Intake intake_of(const db::Row& row) {
    return {row.get<IdBytes>("plan_version_id"),
            row.get<std::optional<IdBytes>>("campaign_version_id"),
            row.get<std::optional<PartyId>>("creator_id"),
            row.amount("gross"),
            row.amount("tax"),
            row.amount("fee_platform"),
            row.amount("fee_payment"),
            row.amount("eligible")};
}

} // namespace

std::vector<split::Intake> load_intakes(db::Transaction& tx, OrganizerId organizer, EventId event,
                                        std::optional<SettlementId> upto) {
    std::vector<split::Intake> intakes;
    for (const auto& row : tx.run(sql::load_intakes, organizer, event, upto)) intakes.push_back(intake_of(row));
    return intakes;
}

std::map<SettlementId, Recount> recount_intakes(db::Transaction& tx, OrganizerId organizer, EventId event,
                                                std::optional<SettlementId> upto) {
    std::map<SettlementId, Recount> added;
    for (const auto& row : tx.run(sql::recount_intakes, organizer, event, upto)) {
        auto& of_settlement = added[row.get<SettlementId>("settlement_id")];
        of_settlement.intakes.push_back(intake_of(row));
        of_settlement.newest = std::max(of_settlement.newest, row.get<Instant>("newest"));
    }
    return added;
}

DueKey key_of(const split::Due& due) {
    return {due.plan_version, due.amount.asset().id, due.kind, due.party, due.campaign_version};
}

std::map<DueKey, money::Amount> load_posted(db::Transaction& tx, OrganizerId organizer, EventId event,
                                            std::optional<SettlementId> before) {
    std::map<DueKey, money::Amount> posted;
    for (const auto& row : tx.run(sql::load_posted, organizer, event, before)) {
        const auto kind = row.get<std::string>("kind") == "share" ? split::DueKind::share : split::DueKind::commission;
        posted.emplace(DueKey{row.get<IdBytes>("plan_version_id"), row.get<std::string>("asset_id"), kind,
                              row.get<PartyId>("party_id"), row.get<std::optional<IdBytes>>("campaign_version_id")},
                       row.amount("posted"));
    }
    return posted;
}

std::map<PartyId, std::string> load_party_names(db::Transaction& tx, OrganizerId organizer) {
    std::map<PartyId, std::string> names;
    for (const auto& row : tx.run(sql::load_party_names, organizer))
        names.emplace(row.get<PartyId>("id"), row.get<std::string>("name"));
    return names;
}

std::map<IdBytes, std::string> load_version_names(db::Transaction& tx, OrganizerId organizer, EventId event) {
    std::map<IdBytes, std::string> names;
    for (const auto& row : tx.run(sql::load_version_names, organizer, event))
        names.emplace(row.get<IdBytes>("id"), row.get<std::string>("name"));
    return names;
}

void name_deltas(db::Transaction& tx, OrganizerId organizer, Settlement& settlement) {
    const auto parties = load_party_names(tx, organizer);
    const auto versions = load_version_names(tx, organizer, settlement.event);
    for (auto& delta : settlement.deltas) {
        delta.party_name = parties.at(delta.due.party);
        delta.plan_name = versions.at(delta.due.plan_version);
        if (delta.due.campaign_version) delta.campaign_name = versions.at(*delta.due.campaign_version);
    }
    const auto order = [](const Delta& d) {
        return std::tie(d.delta.asset().id, d.plan_name, d.due.kind, d.party_name, d.campaign_name);
    };
    std::sort(settlement.deltas.begin(), settlement.deltas.end(),
              [&](const Delta& a, const Delta& b) { return order(a) < order(b); });
}

std::vector<ledger::Posting> postings_of(db::Transaction& tx, OrganizerId organizer, const Settlement& settlement) {
    using ledger::AccountKind;
    const auto event = settlement.event;
    std::vector<ledger::Posting> postings;
    for (const auto& row : tx.run(sql::sum_intake_of_settlement, organizer, event, settlement.id)) {
        postings.push_back({{AccountKind::event_proceeds, event}, row.amount("gross") - row.amount("tax")});
        postings.push_back({{AccountKind::platform_fee, event}, -row.amount("fee_platform")});
        postings.push_back({{AccountKind::payment_fee, event}, -row.amount("fee_payment")});
    }
    for (const auto& delta : settlement.deltas) {
        const auto kind = delta.through_contract                    ? AccountKind::contract_payable
                          : delta.due.kind == split::DueKind::share ? AccountKind::party_payable
                                                                    : AccountKind::commission_payable;
        postings.push_back({{kind, event, delta.due.party}, -delta.delta});
    }
    return postings;
}

std::vector<PostedLine> load_postings(db::Transaction& tx, OrganizerId organizer, SettlementId id) {
    std::vector<PostedLine> lines;
    for (const auto& row : tx.run(sql::load_postings, organizer, id))
        lines.push_back(
            {row.get<std::string>("account"), row.get<std::optional<PartyId>>("party_id"), row.amount("amount")});
    return lines;
}

std::vector<Delta> differences(const std::vector<split::Due>& dues, const std::map<DueKey, money::Amount>& posted) {
    std::vector<Delta> deltas;
    auto left = posted;
    for (const auto& due : dues) {
        const auto it = left.find(key_of(due));
        const auto before = it == left.end() ? money::Amount{0, due.amount.asset()} : it->second;
        if (it != left.end()) left.erase(it);
        if (due.amount != before) deltas.push_back({due, before, due.amount - before, {}, {}, {}});
    }
    for (const auto& [key, before] : left) {
        if (before.is_zero()) continue;
        const auto& [plan, asset_id, kind, party, campaign] = key;
        deltas.push_back(
            {{plan, kind, party, campaign, money::Amount{0, before.asset()}}, before, -before, {}, {}, {}});
    }
    return deltas;
}

} // namespace passa::settle
