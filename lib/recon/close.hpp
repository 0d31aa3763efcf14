// A person closes a break, with a code and a reason. Where money is concerned the ledger gets an entry: nothing is
// edited.
//   funding             money that came in is the organizer's own after all: it leaves suspense as funding
//   paid                the chain paid what the book calls not paid; a payment without our reference: see paid.hpp
//   returned            what came in is a payout coming back whole: its payee is owed again, see returned.hpp
//   written_off         what is held in suspense becomes an expense (or income); a gap of the book is booked away
//   refunded, reissued  the counter-movement stands in suspense too, or is a payout of its own: nothing is posted
//   provider_corrected  the rail's history was wrong and is right now: nothing is posted
// A payout that never left although the book says so leaves clearing up to a person: its money returns to the treasury
// and waits in suspense, whatever the code.
#pragma once
#include "lib/ledger/journal.hpp"
#include "lib/payout/payout.hpp"
#include "lib/recon/break.hpp"

namespace passa::recon {

struct Closing {
    BreakId id;
    CloseCode code{};
    std::string reason;
    std::string actor;
    std::optional<PayoutId> payout = {}; // that came back, or was found paid; none: the one that the break names
};

// The entry it posted, if any. Errors recon.no_break, recon.closed_already, recon.reason, recon.not_by_hand (it is
// closed by proof alone; `matched`, which only a run may say; `funding` or `returned` where no money came in; `paid`
// where no payout of ours was; or a payout is named for anything else).
std::optional<JournalId> close(const ledger::Book& book, const Closing& closing);

[[noreturn]] void refuse_by_hand(std::string message, std::string hint); // recon.not_by_hand

} // namespace passa::recon
