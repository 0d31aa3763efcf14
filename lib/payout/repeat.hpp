// What was asked for before: the same file in whatever form, a line of it, the same batch by its key.
#pragma once
#include "lib/payout/create.hpp"
#include "lib/payout/stage.hpp"

namespace passa::payout {

// The batch that was made under the order's key, if any. Of a file, its hash. Error payout.key_differs.
std::optional<BatchId> find_batch_of_key(db::Transaction& tx, const Desk& desk, const CreateOrder& order,
                                         const std::optional<Hash256>& file);

// The batch that was made of this file last, as text; empty: none. Error payout.file_known unless `again`.
std::string find_earlier_batch(db::Transaction& tx, const Desk& desk, const CreateOrder& order, const Hash256& file);

// Of the lines in the stage, those that nobody was paid for stay; what the chain contradicts is blocked. Of a file that
// became a batch before, its lines are known; of any, those with a reference or a key. Errors payout.line_known unless
// `again`, payout.key_differs.
void leave_unpaid(const CreateOrder& order, const Hash256& file, Stage& stage);
Error all_paid(const std::string& earlier_batch); // payout.file_paid: nothing of it is left

} // namespace passa::payout
