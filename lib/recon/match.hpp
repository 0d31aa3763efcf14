// The matching: statement lines against what the book expects, in passes; the first pass that explains a line wins and
// leaves its rule's name. Pure: no database, no clock, and the order of what goes in does not matter.
//
// Only a strong reference (the attempt's key and the number of the order in it) together with the exact amount, asset
// and destination matches a payout. Everything near that is a break for a person to decide, never a match.
#pragma once
#include "lib/ledger/account.hpp"
#include "lib/payout/state.hpp"
#include "lib/rail/rail.hpp"
#include "lib/recon/break.hpp"

#include <set>
#include <vector>

namespace passa::recon {

// A stored statement line that nothing explains yet.
struct Line {
    IdBytes id{};
    rail::StatementLine said;
};

// What ours is in "KEY:N", "KEY:fee" or "KEY:upkeep".
struct Reference {
    std::string key;
    std::optional<std::size_t> index; // none: a fee, or a form that is not ours
    bool upkeep = false;
};
Reference parse_reference(std::string_view external_ref);

// A payout as one order of one attempt.
struct Expected {
    IdBytes payout{};
    IdBytes attempt{};
    std::string key;
    std::size_t index = 0;
    payout::State state{};
    bool live = false;    // its attempt is not proved dead
    bool matched = false; // by a line of an earlier run, or by a person who closed the break about that line as paid
    bool excused = false; // a person has closed the break about its absence
    Amount amount;
    std::string destination;
    Instant due_at{};        // confirmed at; before that the end of the attempt's validity
    bool found_paid = false; // by a person who closed a break as paid, and it has not come back
};

// What an attempt costs.
struct ExpectedFee {
    IdBytes attempt{};
    std::string key;
    money::Int128 most = 0;       // what it may cost at most, in minor units of whatever the rail charges in
    std::optional<Amount> booked; // what the ledger says it cost, positive; none: not booked yet
    bool over = false;            // it is proved or dead: its fee may be booked
    bool matched = false;         // by a line of an earlier run
    bool excused = false;         // a person has closed the break about its absence
    Instant due_at{};
};

// Money between this treasury and a contract, as the contract told it.
struct ContractLine {
    std::string key; // the transaction
    EventId event;
    Amount amount; // signed as on the statement
};

enum class Booking : std::uint8_t {
    none,        // the book has it
    funding,     // money put into the treasury
    network_fee, // a fee that was not booked when the attempt ended
    contract,    // the other side of what a contract told
};

struct Match {
    IdBytes line{};
    std::string_view rule;
    Booking booking = Booking::none;
    std::optional<IdBytes> payout = {};
    std::optional<IdBytes> attempt = {};
    bool moves_to_settled = false;     // the payout was confirmed until now
    std::optional<EventId> event = {}; // of a contract's money
};

struct FoundBreak {
    BreakType type{};
    std::string subject; // with the type: one open break each
    std::string why;
    Amount amount; // what is at stake: signed as on the statement
    // What the line moved beyond what the book has: held in suspense until somebody decides. Zero: nothing to hold.
    Amount held;
    std::optional<IdBytes> line = {};
    std::optional<IdBytes> payout = {};
    std::optional<IdBytes> attempt = {};
};

struct Rules {
    Duration window = std::chrono::minutes{2}; // how long a proved payout may be absent from the statement
    // The most that a transaction which only keeps the account up (a trustline, an option) may cost, in minor units of
    // the fee's asset.
    money::Int128 upkeep_fee = 1'000'000;
};

struct MatchInput {
    std::vector<Line> lines;
    std::vector<Expected> expected;
    std::vector<ExpectedFee> fees;
    std::vector<ContractLine> contract_lines;
    bool complete = false;                      // else nothing is concluded from absence
    Instant seen_at{};                          // the instant that the statement speaks for
    std::set<std::string, std::less<>> funders; // whose payments are the organizer's own money
    Rules rules;
};

struct MatchResult {
    std::vector<Match> matches;     // by line position
    std::vector<FoundBreak> breaks; // lines by position, then absences by subject
};

MatchResult match(MatchInput input);

} // namespace passa::recon
