// What one party can check by hand: every settlement's pool, its share and the version in force, what was posted, what
// was paid, and the balance that the books show. Settlements are replayed for it, so a statement never shows a figure
// that does not follow from what is stored.
#pragma once
#include "lib/report/figures.hpp"

namespace passa::report {

// One amount earned: due to date by the rule, less what was posted before.
struct Earned {
    bool commission = false;
    SettlementId settlement;
    Instant cut{};
    std::string through;
    std::string terms; // the plan or campaign version: "nairobi-live v2"
    Amount base;       // to date: what is shared, or what the creator's sales brought
    std::string rate;  // "12.5%"; empty: no share, only fees or commissions to bear
    Amount borne;      // fees and commissions that the plan lets this party bear, to date
    Amount due, before, posted;
};

// How the base of a share came about, to date.
struct PoolOfSettlement {
    SettlementId settlement;
    Instant cut{};
    std::string through, plan;
    std::string fees_from, commissions_from; // the party that bears them; empty: they come off what is shared
    Amount gross, tax, fees, commissions, shared;
};

struct AccountLine {
    std::optional<Instant> when;
    std::string at, what, reference, key;
    Amount amount; // earned is positive, paid negative
    Amount balance;
    bool is_set_off = false; // against what is owed for another event
};

// In one asset.
struct PartyAccount {
    PartyBalance totals;
    std::vector<AccountLine> lines; // ends at what the books owe
    Amount set_off;                 // of them, against other events
    // Earned less paid less under way, and these two: what the books owe.
    [[nodiscard]] Amount earned() const { return totals.share + totals.commission; }
    [[nodiscard]] Amount other() const { return totals.other() - set_off; }
};

struct Statement {
    Head head;
    std::string party, title; // its name in manifests, and as shown to people
    std::vector<Earned> earned;
    std::vector<PoolOfSettlement> pools; // those that its shares come from
    std::vector<PaidOut> payouts;        // all, whatever became of them
    std::vector<AccountLine> set_off;    // what payouts booked beside what they paid: see set_off.hpp
    std::vector<PartyAccount> accounts;  // by asset
};

struct StatementsAsked {
    const event::Event& event;
    std::optional<std::string> party;
    Instant now;
};

// Of one party, or of everybody with something earned or paid. Errors report.no_party, explain.replay_differs, and
// report.books_broken when a check of the books fails: nobody should be handed figures that do not hold.
std::vector<Statement> load_statements(db::Transaction& tx, OrganizerId organizer, const StatementsAsked& asked);

inline constexpr std::string_view k_statement_page_mark = "<!doctype html>\n<!-- passa party statement -->\n";
std::string make_statement_page(const Statement& statement, std::string_view program);

inline constexpr std::string_view k_statement_csv_mark = "event,party,line,";
std::string make_statement_csv(const Statement& statement);

} // namespace passa::report
