// Batches and payouts as rows.
#pragma once
#include "lib/payout/payout.hpp"

namespace passa::payout {

Treasury read_treasury(const db::Row& row);

Batch get_batch(db::Transaction& tx, OrganizerId organizer, BatchId id); // error payout.no_batch
// Some payouts of a batch, in order.
struct Part {
    std::int64_t from = 0;                 // place in the batch, from 0
    std::optional<std::int64_t> most = {}; // none: all of them
    std::optional<State> state = {};
};
std::vector<Payout> load_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch, const Part& part = {});
std::vector<StateSum> sum_payouts(db::Transaction& tx, OrganizerId organizer, BatchId batch);
std::vector<StateSum> read_sums(const db::Rows& rows);
Payout read_intent(const db::Row& row);              // what is approved of it
inline constexpr std::size_t k_longest_reason = 400; // some of it is remote text
std::vector<Approval> load_approvals(db::Transaction& tx, OrganizerId organizer, BatchId batch);

// Error payout.changed when the rows no longer are what the batch's hash says.
void require_unchanged(db::Transaction& tx, OrganizerId organizer, const Batch& batch);
Hash256 hash_payouts(db::Transaction& tx, OrganizerId organizer, const Batch& batch); // as they are now

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
