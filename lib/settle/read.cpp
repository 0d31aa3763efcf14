// Settlements as they were stored.
#include "lib/settle/store.hpp"
#include "settle_sql.hpp"

namespace passa::settle {
namespace {

Settlement head(const db::Row& row) {
    return {row.get<SettlementId>("id"),    row.get<EventId>("event_id"),
            row.get<std::string>("event"),  row.get<Instant>("through"),
            row.get<std::int64_t>("lines"), row.get<std::string>("settled_by"),
            row.get<Instant>("settled_at"), {}};
}

} // namespace

std::int64_t count_later_lines(db::Transaction& tx, OrganizerId organizer, EventId event, Instant through) {
    return tx.run(sql::count_later_lines, organizer, event, through).one().get<std::int64_t>("lines");
}

std::vector<Settlement> load_settlements(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event) {
    std::vector<Settlement> out;
    for (const auto& row : tx.run(sql::load_settlements, organizer, event)) out.push_back(head(row));
    return out;
}

Settlement get_settlement(db::Transaction& tx, OrganizerId organizer, SettlementId id) {
    const auto row = tx.run(sql::find_settlement, organizer, id).find();
    if (!row)
        throw Error{{Kind::not_found, "settlement.not_found", fmt::format("there is no settlement {}", id),
                     "list them with: passa settlement list"}};
    auto settlement = head(*row);
    settlement.root = row->get<std::optional<Hash256>>("root");
    for (const auto& d : tx.run(sql::load_dues, organizer, settlement.event, id)) {
        const auto asset = d.asset();
        const auto amount = [&](std::string_view column) { return money::Amount{d.get<money::Int128>(column), asset}; };
        const auto kind = d.get<std::string>("kind") == "share" ? split::DueKind::share : split::DueKind::commission;
        settlement.deltas.push_back({{d.get<IdBytes>("plan_version_id"), kind, d.get<PartyId>("party_id"),
                                      d.get<std::optional<IdBytes>>("campaign_version_id"), amount("due")},
                                     amount("posted_before"),
                                     amount("delta"),
                                     {},
                                     {},
                                     {},
                                     d.get<bool>("through_contract")});
    }
    name_deltas(tx, organizer, settlement);
    return settlement;
}

} // namespace passa::settle
