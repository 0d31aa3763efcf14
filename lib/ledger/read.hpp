// What the books say: balances and journal entries, for commands, reports and exports.
#pragma once
#include "lib/ledger/journal.hpp"

namespace passa::ledger {

// An account in words: its kind, and the names of whose it is. Orders by them.
struct AccountName {
    std::string kind;
    std::optional<std::string> event;
    std::optional<std::string> party;
    std::optional<std::string> treasury;

    [[nodiscard]] std::string text() const; // "party_payable nairobi-live band"
    friend auto operator<=>(const AccountName&, const AccountName&) = default;
};

struct Balance {
    AccountName account;
    money::Amount amount; // positive: debit
};

struct JournalLine {
    JournalId journal;
    std::string kind;
    Instant posted_at;
    Instant effective_at;
    Day day; // of effective_at in the organizer's zone
    std::string note;
    AccountName account;
    money::Amount amount;
};

// One that was posted to, and since which day.
struct KnownAccount {
    AccountName name;
    money::Asset asset;
    Day since;
};

struct JournalFilter {
    std::optional<EventId> event;
    std::int64_t limit = 200; // entries
};

std::vector<Balance> load_balances(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event);
std::int64_t count_entries(db::Transaction& tx, OrganizerId organizer);
std::vector<KnownAccount> load_accounts(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event);

// The newest entries, or those that follow one (nil: the first); either way oldest first, with all their postings.
std::vector<JournalLine> load_journal(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter);
std::vector<JournalLine> load_journal_after(db::Transaction& tx, OrganizerId organizer, const JournalFilter& filter,
                                            JournalId last);

} // namespace passa::ledger
