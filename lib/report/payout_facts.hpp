// Everything that is stored about a payout, with the rules that made it applied once more.
#pragma once
#include "lib/ledger/journal.hpp"
#include "lib/money/rate.hpp"
#include "lib/payout/payout.hpp"

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
    std::string network, key, source, state;
    std::optional<std::int64_t> sequence;
    money::Amount most_fee;
    std::int64_t first_ledger = 0, bytes = 0, operation = 0;
    Instant made_at{}, valid_until{};
    std::optional<Instant> sent_at, finished_at;
    bool live = false; // not proved dead
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
    std::string kind, external_ref, details;
    Hash256 sha256{};
    std::int64_t bytes = 0;
    Instant seen_at{};
    bool is_whole = false; // its bytes still have that hash
};

struct PostingFacts {
    JournalId journal;
    std::string kind, note, account, whose;
    Instant posted_at{};
    money::Amount amount;   // positive debits
    bool is_shared = false; // a fee of an attempt that carried other payouts too
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
};

// Errors explain.no_payout; explain.payout_differs when a rule applied again gives something else than what is stored.
PayoutFacts explain_payout(db::Transaction& tx, OrganizerId organizer, PayoutId id);

// The rules alone, for tests: throws explain.payout_differs.
void replay_payout(const PayoutFacts& facts);

} // namespace passa::report
