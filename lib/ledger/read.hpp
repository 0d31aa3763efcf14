// What the books say: balances and journal entries, for commands and reports.
#pragma once
#include "lib/ledger/journal.hpp"

namespace passa::ledger {

struct Balance {
    std::string kind;
    std::optional<std::string> event; // names, not ids
    std::optional<std::string> party;
    std::optional<std::string> treasury;
    money::Amount amount; // positive: debit
};

struct JournalLine {
    JournalId journal;
    std::string kind;
    Instant posted_at;
    Instant effective_at;
    std::string note;
    std::string account; // "party_payable band"
    money::Amount amount;
};

struct JournalFilter {
    std::optional<EventId> event;
    std::int64_t limit = 200; // newest entries
};

std::vector<Balance> load_balances(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event);
std::vector<JournalLine> load_journal(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter);

} // namespace passa::ledger
