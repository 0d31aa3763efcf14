// What is approved: every fact about where the money goes, as one text, and its hash. States and reasons are left out,
// for they move; a changed amount, destination or treasury makes another text and voids the approval.
#pragma once
#include "lib/payout/create.hpp"

namespace passa::payout {

std::string canonical_text(const Batch& batch, const std::vector<Payout>& payouts);
Hash256 canonical_hash(const Batch& batch, const std::vector<Payout>& payouts);

// What a payment file says, however it is written: of the same lines in another order, with other columns, quotes or
// line ends, it is the same.
Hash256 canonical_hash(const std::vector<FileLine>& lines);

} // namespace passa::payout
