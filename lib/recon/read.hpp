// What reconciliation knows, for commands and reports.
#pragma once
#include "lib/ledger/account.hpp"
#include "lib/recon/break.hpp"

#include <vector>

namespace passa::recon {

struct TreasuryName {
    TreasuryId id;
    std::string name;
};
// Which treasuries to reconcile. By name; those that pay this event; all.
struct TreasuryChoice {
    std::optional<std::string> name;
    std::optional<EventId> event;
};
std::vector<TreasuryName> load_treasuries(db::Transaction& tx, OrganizerId organizer, const TreasuryChoice& choice);

struct BreakView {
    BreakId id;
    ReconRunId run; // that opened it
    std::string treasury;
    std::string type;
    std::string subject;
    std::string why;
    Amount amount; // at stake, signed as on the statement
    Amount held;   // of it in suspense
    std::optional<IdBytes> payout;
    std::optional<std::string> line; // external reference
    Instant opened_at{};
    std::optional<Instant> closed_at;
    std::optional<std::string> close_code;
    std::optional<std::string> close_reason;
    std::optional<std::string> closed_by;
};

struct BreakFilter {
    bool open_only = true;
    std::optional<TreasuryId> treasury = {};
    std::optional<BreakId> id = {};
    std::optional<ReconRunId> run = {}; // opened by this run
    std::int64_t limit = 500;
};
std::vector<BreakView> load_breaks(db::Transaction& tx, OrganizerId organizer,
                                   const BreakFilter& filter);               // oldest first
BreakView get_break(db::Transaction& tx, OrganizerId organizer, BreakId id); // error recon.no_break

struct BreakMove {
    std::string action;
    std::string actor;
    std::string reason;
    std::optional<ReconRunId> run; // none: by hand
    std::optional<JournalId> journal;
    Instant moved_at{};
};
std::vector<BreakMove> load_break_moves(db::Transaction& tx, OrganizerId organizer, BreakId id);

struct RunView {
    ReconRunId id;
    std::string treasury;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t to_ledger = 0;
    std::int64_t lines_read = 0;
    std::int64_t matched = 0;
    std::int64_t settled = 0;
    std::int64_t breaks_open = 0; // when it ended
    bool complete = false;
    std::string hole;
    std::string ran_by;
    Instant ran_at{};
};
RunView get_run(db::Transaction& tx, OrganizerId organizer, ReconRunId id);                     // error recon.no_run
std::vector<RunView> load_runs(db::Transaction& tx, OrganizerId organizer, std::int64_t limit); // newest first

struct BalanceView {
    Amount opening, money_in, money_out, fees, closing, gap;
};
std::vector<BalanceView> load_balances(db::Transaction& tx, OrganizerId organizer, ReconRunId run);

struct RuleCount {
    std::string rule;
    std::int64_t lines = 0;
};
std::vector<RuleCount> count_rules(db::Transaction& tx, OrganizerId organizer, ReconRunId run);

} // namespace passa::recon
