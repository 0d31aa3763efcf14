// What a payment file says that was paid before: the same file in whatever form, or a line with the same reference.
#pragma once
#include "lib/payout/create.hpp"

namespace passa::payout {

// The batch that was made of this file last, as text; empty: none. Error payout.file_known unless `again`.
std::string find_earlier_batch(db::Transaction& tx, const Desk& desk, const CreateOrder& order);

// Of the file's payables, in the order of its lines, those that nobody was paid for; what the chain contradicts is
// marked as contested. Of a file that became a batch before, its lines are known; of any, those with a reference.
// Errors payout.line_known unless `again`, payout.file_paid when nothing is left.
std::vector<Payable> leave_unpaid(db::Transaction& tx, const Desk& desk, const CreateOrder& order,
                                  std::vector<Payable> payables);

} // namespace passa::payout
