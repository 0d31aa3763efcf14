// Rows to what the matching needs, and its results to rows. Inside this module only.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/recon/run.hpp"

#include <set>

namespace passa::recon {

struct Base {
    std::int64_t position = 0;
    std::vector<Amount> closing;
};
Base load_base(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury);
// With the treasury locked: what the statement continues. Error recon.moved_on.
Base hold_base(const ledger::Book& book, TreasuryId treasury, const rail::Statement& statement);

std::int64_t store_lines(const Work& work, const rail::Statement& statement); // how many were new
std::vector<Line> load_pending_lines(const Work& work, std::int64_t from);
std::vector<rail::StatementLine> load_moved(const Work& work, std::int64_t from,
                                            std::int64_t to); // sums, one a direction
MatchInput load_input(const Work& work, const rail::Statement& statement);
std::vector<BookProof> load_book(const Work& work, const std::vector<Amount>& closing);

// Breaks about absence were closed by hand, and now the lines came after all: what closing them posted is undone.
void undo_hand_closed(const Work& work, const MatchResult& result, const std::vector<Line>& lines);

// Journals what is not booked, stores the matches, settles the payouts; how many of those.
std::int64_t store_matches(const Work& work, ReconRunId run, const MatchResult& result, const std::vector<Line>& lines);

struct Turnover {
    std::int64_t opened = 0;
    std::int64_t closed = 0;
};
// Makes the open breaks of the stored kind those that were found: opens new ones, closes those that are explained.
// A run that saw a hole only closes what it can explain by a line.
struct Findings {
    const std::vector<FoundBreak>& breaks;
    const std::vector<Match>& matches;
    bool conclusive = false;
    bool gaps = false; // balance gaps, or all the others
};
Turnover store_breaks(const Work& work, ReconRunId run, const Findings& findings);

// The end of a break, by a run or by hand.
struct Ending {
    BreakId id;
    CloseCode code{};
    std::string reason;
    std::string actor;
    std::optional<ReconRunId> run = {};    // none: by hand
    std::optional<JournalId> journal = {}; // what it posted
    std::optional<PayoutId> paid = {};     // that a person found paid by its line
};
void store_ending(const ledger::Book& book, const Ending& ending); // error recon.closed_already

} // namespace passa::recon
