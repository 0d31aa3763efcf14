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

struct Rehearsal { // or the real thing
    RunReport report;
    std::vector<payout::Proved> proved;
};

// One run, whole: read what the rail shows since the last one, end what stands on it, take it in. Errors of the rail
// too.
Rehearsal reconcile(const payout::Desk& desk, TreasuryId treasury, rail::Rail& rail);

// What both would do, in one transaction that the caller rolls back. Errors as of take_in, and payout.moved when a
// sender began meanwhile.
Rehearsal rehearse(db::Transaction& tx, const payout::Desk& desk, TreasuryId treasury,
                   const rail::Statement& statement);

} // namespace passa::recon
