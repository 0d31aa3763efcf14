// Batches and payouts as they stand, with everything that happened to them.
#pragma once
#include "lib/payout/store.hpp"

#include <span>

namespace passa::payout {

struct BatchSummary {
    BatchId id;
    std::optional<std::string> event_name;
    std::string treasury_name;
    std::optional<std::string> network;
    std::string state;
    std::string made_by;
    Instant made_at;
    std::int64_t payouts = 0;
    std::int64_t paid = 0;
    std::int64_t open = 0;     // may have left, not proved
    std::int64_t not_paid = 0; // blocked, failed, returned
    Amount total;              // of what is or will be paid
};

struct AttemptView {
    AttemptId id;
    std::string key;
    std::string network;
    std::optional<std::int64_t> sequence;
    Amount max_fee;
    Instant valid_until;
    std::string state;
    Instant made_at;
    std::optional<Instant> finished_at;
    std::int64_t pos = 0; // which of its orders
};

struct MoveView {
    std::string from, cause, to, actor, reason;
    std::optional<EvidenceId> evidence;
    Instant at;
};

struct EvidenceView {
    EvidenceId id;
    std::string kind;
    std::string external_ref;
    Hash256 sha256{};
    std::int64_t bytes = 0;
    std::string details; // JSON
    Instant seen_at;
};

struct PayoutLife {
    Batch batch;
    Payout payout;
    std::vector<AttemptView> attempts;
    std::vector<MoveView> moves;
    std::vector<EvidenceView> evidence;
};

std::vector<BatchSummary> load_batches(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                       std::int64_t limit);
// One that somebody approved and that was not sent to its end.
struct ApprovedBatch {
    BatchId batch;
    std::string treasury;
    std::string network;            // empty: its treasury names none
    std::optional<Problem> expired; // the approval, and nothing of it may have left: nothing would be sent
};
// Oldest first; of one event, or of all and of payment files.
std::vector<ApprovedBatch> load_approved(db::Transaction& tx, const Desk& desk, std::optional<EventId> event);
// Tells the channels that it waits for somebody to approve it again: once for each time that its approval ended.
void tell_expired(db::Transaction& tx, OrganizerId organizer, BatchId batch);
PayoutLife get_payout(db::Transaction& tx, OrganizerId organizer, PayoutId id); // error payout.not_found

std::span<const db::Statement> statements(); // for `ledger check` and the tests

} // namespace passa::payout
