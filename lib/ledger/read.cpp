// Rows to balances and lines.
#include "lib/ledger/read.hpp"

#include "ledger_sql.hpp"

namespace passa::ledger {
namespace {

money::Amount amount_of(const db::Row& row) {
    return {row.get<money::Int128>("amount"), money::Asset{row.get<std::string>("asset_id"), row.get<int>("scale")}};
}

} // namespace

std::vector<Balance> load_balances(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event) {
    std::vector<Balance> balances;
    for (const auto& row : tx.run(sql::load_balances, organizer, event))
        balances.push_back({row.get<std::string>("kind"), row.get<std::optional<std::string>>("event_name"),
                            row.get<std::optional<std::string>>("party_name"),
                            row.get<std::optional<std::string>>("treasury_name"), amount_of(row)});
    return balances;
}

std::vector<JournalLine> load_journal(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter) {
    std::vector<JournalLine> lines;
    for (const auto& row : tx.run(sql::load_journal, organizer, filter.event, filter.limit))
        lines.push_back({row.get<JournalId>("id"), row.get<std::string>("kind"), row.get<Instant>("posted_at"),
                         row.get<Instant>("effective_at"), row.get<std::string>("note"),
                         row.get<std::string>("account"), amount_of(row)});
    return lines;
}

} // namespace passa::ledger
