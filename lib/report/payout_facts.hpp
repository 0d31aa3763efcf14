// Everything that is stored about a payout, with the rules that made it applied once more.
#pragma once
#include "lib/ledger/journal.hpp"
#include "lib/money/rate.hpp"
#include "lib/payout/payout.hpp"
#include "lib/rail/rail.hpp"

#include <functional>

namespace passa::report {

struct Conversion {
    std::string rate; // name and version
    std::string source;
    Instant from{};
    money::Exchange exchange;
    money::Amount rounding; // of what was owed, what buying the amount left over
};

struct AttemptFacts {
    AttemptId id;
    std::string rail, state;
    rail::Attempt stored;
    std::int64_t operation = 0; // which order of it
    Instant made_at{};
    std::optional<Instant> sent_at, finished_at;
    bool live = false;    // not proved dead
    bool is_read = false; // its bytes were read again, and say what is stored beside them
};

struct MoveFacts {
    std::int64_t seq = 0;
    std::string from, cause, to, actor, reason;
    std::optional<EvidenceId> evidence;
    Instant moved_at{};
};

struct EvidenceFacts {
    EvidenceId id;
    AttemptId attempt;
    rail::Evidence stored;
    Hash256 sha256{};
    bool is_whole = false; // its bytes still have that hash
    bool is_cut = false;   // more came than is kept
    bool is_read = false;  // its bytes were read again, and say what the details say
};

struct PostingFacts {
    JournalId journal;
    std::string kind, note, account, whose;
    std::optional<std::string> event; // of the account
    Instant posted_at{};
    money::Amount amount;   // positive debits
    bool is_shared = false; // a fee of an attempt that carried other payouts too
};

// What is owed to the party for one event, less than zero: what it owes, which is set against the rest.
struct OwedPart {
    std::optional<std::string> event; // none: other events, not chosen before the money is reserved
    money::Amount owed;
};

struct PayoutFacts {
    payout::Batch batch;
    payout::Payout payout;
    std::string policy; // name and version
    bool rate_follows = true;
    std::vector<payout::Approval> approvals;
    std::optional<Conversion> conversion;
    std::vector<AttemptFacts> attempts;
    std::vector<MoveFacts> moves;
    std::vector<EvidenceFacts> evidence;
    std::vector<PostingFacts> postings;
    std::vector<OwedPart> parts; // they add up to what is paid; empty for an expense
};

// Errors explain.no_payout; explain.payout_differs when a rule applied again gives something else than what is stored.
PayoutFacts explain_payout(db::Transaction& tx, OrganizerId organizer, PayoutId id);

// The rules alone, for tests: throws explain.payout_differs.
void replay_payout(const PayoutFacts& facts);

// What bytes contradict of what is stored beside them, read by the rail that they belong to, which asks nobody. Empty
// text: nothing; none: they cannot be read here.
struct BytesReader {
    using Finding = std::optional<std::string>;
    std::function<Finding(const AttemptFacts& attempt, const rail::Order& order)> attempt;
    std::function<Finding(const std::string& rail, const rail::Evidence& evidence)> evidence;
};

// Reads them all again: throws explain.payout_differs.
void replay_bytes(PayoutFacts& facts, const BytesReader& reader);

} // namespace passa::report
