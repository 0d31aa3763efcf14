// The chain paid what the book calls not paid: a break closed as `paid`. Its line bears the payout's reference, or a
// person names the payout: paid by hand, or from books that were lost. What it holds in suspense is booked against what
// the payout was to take from, debts netted and conversion included, so that the payee is not owed it any more. A
// payout that was still to be sent is cancelled; money that is set aside goes back first.
#pragma once
#include "lib/recon/close.hpp"

namespace passa::recon {

// The entry it posted. Error recon.not_by_hand: the line is not what the payout was to pay, or less is owed than that,
// or the payout may yet be paid, or is, by another attempt, or a later payout holds the money that it gave back.
JournalId book_as_paid(const ledger::Book& book, const Closing& closing);

} // namespace passa::recon
