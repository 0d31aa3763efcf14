// A second person looks and agrees to exactly this content: the approval carries the hash of the batch.
#pragma once
#include "lib/payout/payout.hpp"

namespace passa::payout {

struct Approved {
    Batch batch;
    std::int64_t persons = 0; // who agree to it now; it is approved when they are as many as it takes
    bool was_known = false;   // the same person had approved the same content before: nothing changed
};

// `sha256_prefix`: what the approver saw, at least 8 hex digits; must begin the batch's hash. Errors payout.own_batch,
// payout.no_approver, payout.other_hash, payout.changed, payout.not_waiting, payout.rate_outdated. One that the
// policy's time has ended is given anew.
Approved approve(db::Transaction& tx, const Desk& desk, BatchId batch, const std::optional<std::string>& sha256_prefix);

// The maker may not, unless the policy says that one person is enough; nor whom it does not name, where it names any.
bool may_approve(const Batch& batch, std::string_view person);

// Nothing when as many as it takes have approved the batch as it is now, and not too long ago; else the problem
// payout.approval_expired. Error payout.not_approved when they never were.
std::optional<Problem> find_expiry(db::Transaction& tx, const Desk& desk, const Batch& batch);

// Payouts not sent yet, converted at an exchange rate that is in force no longer: paid as approved, and told.
std::int64_t count_outdated_rates(db::Transaction& tx, const Desk& desk, BatchId batch);

} // namespace passa::payout
