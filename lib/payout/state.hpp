// The life of a payout. One table of allowed moves: the README diagram is made from it, and a test compares the
// database CHECK with it. Source of the states: reference model of payment instructions (pain.002 / two-phase
// transfers) as our rails need it.
#pragma once
#include "lib/base/result.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace passa::payout {

enum class State : std::uint8_t {
    planned,   // a line of a batch, not checked yet
    ready,     // checks passed
    reserved,  // money is set aside for it
    sending,   // an attempt with its exact bytes is stored
    accepted,  // the rail took it; not final
    confirmed, // proof of success
    settled,   // matched to the rail's own statement
    unknown,   // may have happened: only proof leads out
    failed,    // proof of failure; the money is owed again
    returned,  // came back after success; the money is owed again
    blocked,   // cannot be sent, for a reason somebody can mend; stays payable
    cancelled, // withdrawn before anything was sent
};

enum class Cause : std::uint8_t {
    checked,
    refused_by_check,
    money_reserved,
    attempt_stored,
    rail_accepted,
    no_answer,
    proof_of_success,
    proof_of_failure,
    proof_of_absence, // the attempt is dead and this payout was not at fault: it may be tried again
    statement_matched,
    came_back,
    withdrawn,
};

struct Move {
    State from;
    Cause cause;
    State to;
};

std::span<const Move> moves();
std::string_view name(State state);
std::string_view name(Cause cause);
Result<State> parse_state(std::string_view text); // error payout.state

// Error payout.move when the table does not allow it: a defect of the caller, never of the input.
State next(State from, Cause cause);
bool is_final(State state);      // nothing leads out
bool is_unsent(State state);     // planned, ready or reserved: it would be sent next
bool may_have_left(State state); // its bytes may be on the rail, and nobody has proved what became of them

} // namespace passa::payout
