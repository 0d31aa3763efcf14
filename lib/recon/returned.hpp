// Money of a payout came back after it was paid: a break closed as `returned`. What the payout had booked is reversed,
// debts netted and conversion included, so that its payee is owed again what it was owed; nothing is edited. So it is
// with a payout that a person had found paid, whose state stays what it was.
#pragma once
#include "lib/recon/close.hpp"

namespace passa::recon {

// The entry that takes out of suspense what the break holds there: from there on the treasury has the money again
// because the payout gave it back. Error recon.not_by_hand: no line brought back exactly what a paid payout of this
// treasury had paid.
JournalId book_as_returned(const ledger::Book& book, const Closing& closing);

} // namespace passa::recon
