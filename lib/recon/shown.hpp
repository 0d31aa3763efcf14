// Payouts whose fate nobody has proved, and whose payments the statement shows: they end by it, whoever sent them, so
// that the run which follows settles them. Before the run, in transactions of its own: a payout is moved under its
// batch's lease alone, and no run may wait for that with the treasury locked.
#pragma once
#include "lib/payout/own_statement.hpp"
#include "lib/recon/run.hpp"

namespace passa::recon {

struct Ended {
    std::vector<payout::Proved> proved;
    std::int64_t lines_new = 0; // the statement's lines, kept first
};

// A batch that somebody is sending right now is left to him: he finds out by himself. Errors as of take_in.
Ended end_shown(const payout::Desk& desk, TreasuryId treasury, const rail::Statement& statement);

struct Rehearsal {
    RunReport report;
    std::vector<payout::Proved> proved;
};

// What both would do, in one transaction that the caller rolls back. Errors as of take_in, and payout.moved when a
// sender began meanwhile.
Rehearsal rehearse(db::Transaction& tx, const payout::Desk& desk, TreasuryId treasury,
                   const rail::Statement& statement);

} // namespace passa::recon
