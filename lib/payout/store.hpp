// Batches and payouts as rows.
#pragma once
#include "lib/payout/payout.hpp"

namespace passa::payout {

Treasury read_treasury(const db::Row& row);

Batch get_batch(db::Transaction& tx, OrganizerId organizer, BatchId id); // error payout.no_batch
std::vector<Payout> load_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch);
std::vector<Approval> load_approvals(db::Transaction& tx, OrganizerId organizer, BatchId batch);

// With the step that made each of them ready or blocked.
void insert_payouts(db::Transaction& tx, const Desk& desk, const Batch& batch, const std::vector<Payout>& payouts);

// Error payout.changed when the rows no longer are what the batch's hash says.
void require_unchanged(const Batch& batch, const std::vector<Payout>& payouts);

std::vector<std::string> uuids_of(const std::vector<PayoutId>& ids); // as SQL takes an array of them

// One step of a payout's life, with its row in payout_move. Error payout.moved when it is no longer in `from`.
struct Step {
    PayoutId payout;
    State from{};
    Cause cause{};
    std::string reason;
    std::optional<EvidenceId> evidence = {};
};
State take_step(db::Transaction& tx, const Desk& desk, const Step& step);

// The same step of many, in one statement. Error payout.moved when one of them is no longer in `from`.
struct SharedStep {
    State from{};
    Cause cause{};
    std::string reason;
    std::optional<EvidenceId> evidence = {};
};
State take_steps(db::Transaction& tx, const Desk& desk, const std::vector<PayoutId>& payouts, const SharedStep& step);

struct BatchStep {
    BatchId batch;
    std::string_view from;
    std::string_view to;
};
// Error payout.moved when the batch is no longer in `from`.
void set_batch_state(db::Transaction& tx, const Desk& desk, const BatchStep& step);

} // namespace passa::payout
