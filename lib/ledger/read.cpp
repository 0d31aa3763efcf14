// Rows to balances and lines.
#include "lib/ledger/read.hpp"

#include "ledger_sql.hpp"

namespace passa::ledger {
namespace {

AccountName account_of(const db::Row& row) {
    return {row.get<std::string>("account"), row.get<std::optional<std::string>>("event_name"),
            row.get<std::optional<std::string>>("party_name"), row.get<std::optional<std::string>>("treasury_name")};
}

std::vector<JournalLine> lines_of(const db::Rows& rows) {
    std::vector<JournalLine> lines;
    for (const auto& row : rows)
        lines.push_back({row.get<JournalId>("journal_id"), row.get<std::string>("kind"), row.get<Instant>("posted_at"),
                         row.get<Instant>("effective_at"), row.get<Day>("day"), row.get<std::string>("note"),
                         account_of(row), row.amount("amount")});
    return lines;
}

} // namespace

std::string AccountName::text() const {
    auto text = kind;
    for (const auto& part : {event, party, treasury})
        if (part) text += " " + *part;
    return text;
}

std::vector<Balance> load_balances(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event) {
    std::vector<Balance> balances;
    for (const auto& row : tx.run(sql::load_balances, organizer, event))
        balances.push_back({account_of(row), row.amount("amount")});
    return balances;
}

std::int64_t count_entries(db::Transaction& tx, OrganizerId organizer) {
    return tx.run(sql::count_entries, organizer).one().get<std::int64_t>("entries");
}

std::vector<KnownAccount> load_accounts(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event) {
    std::vector<KnownAccount> accounts;
    for (const auto& row : tx.run(sql::load_accounts, organizer, event))
        accounts.push_back({account_of(row), row.asset(), row.get<Day>("since")});
    return accounts;
}

std::vector<JournalLine> load_journal(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter) {
    return lines_of(tx.run(sql::load_journal, organizer, filter.event, filter.limit));
}

std::vector<JournalLine> load_journal_after(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter,
                                            JournalId last) {
    return lines_of(tx.run(sql::load_journal_after, organizer, filter.event, last, filter.limit));
}

} // namespace passa::ledger
