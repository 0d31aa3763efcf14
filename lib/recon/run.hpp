// One reconciliation of one treasury: the rail's statement since the last run goes in, every line is explained or
// becomes a break, and the balances are proved. The caller asks the rail between the two calls, outside any
// transaction:
//
//   const auto from = recon::find_position(tx, organizer, treasury);
//   const auto statement = rail.read_statement(from);
//   const auto report = recon::take_in(work, statement);
#pragma once
#include "lib/db/statement.hpp"
#include "lib/ledger/journal.hpp"
#include "lib/recon/match.hpp"
#include "lib/recon/proof.hpp"

#include <functional>

namespace passa::recon {

struct Work {
    const ledger::Book& book;
    TreasuryId treasury;
    std::string actor;
    Rules rules = {};
};

struct BookProof {
    Amount book;     // what the ledger says the treasury holds
    Amount unseen;   // booked, and not on the statement yet
    Amount unbooked; // on the statement, and not booked yet
    Amount chain;    // what the rail says
    Amount gap;      // book + unseen + unbooked - chain
};

struct RunReport {
    ReconRunId id;
    std::int64_t from = 0; // position, exclusive
    std::int64_t to = 0;   // position, inclusive
    std::int64_t to_ledger = 0;
    bool complete = false;
    std::string hole;  // why not complete
    bool more = false; // the history goes on: the next run begins there, and nothing is proved before its end
    std::int64_t lines_read = 0;
    std::int64_t lines_new = 0;
    std::int64_t matched = 0; // lines explained by this run
    std::int64_t settled = 0; // payouts moved to settled
    std::int64_t opened = 0;  // breaks
    std::int64_t closed = 0;
    std::int64_t open = 0; // all that are open now
    std::vector<AssetProof> proofs;
    std::vector<BookProof> books; // empty when the history has a hole
    bool has_gap = false;
    std::optional<Instant> seen_at = {}; // the moment that it speaks for, by the rail's clock; none: nobody told
};

// The books stand here from now on: what their lost twin sent before this moment is what runs have to wait for. Known
// to the first run at the latest.
void note_home(db::Transaction& tx, OrganizerId organizer);

// Where the next run begins to read: the end of the last run that proved its stretch. 0: the beginning.
std::int64_t find_position(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury);

// Errors recon.moved_on (another run took the same stretch), recon.history_changed (the rail tells another story than
// before), recon.other_units.
// `once_kept` is done when the statement's lines are kept, before they are matched.
RunReport take_in(const Work& work, const rail::Statement& statement, const std::function<void()>& once_kept = {});

std::span<const db::Statement> statements(); // with the checks

} // namespace passa::recon
