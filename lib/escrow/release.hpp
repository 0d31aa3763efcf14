// Where a contract is paused, or was emptied by its emergency exit, what it will not pay is paid by payouts instead:
// one person asks with the figures, another approves exactly those. What the contract still owes stays with it; the
// plan is never deposited for again.
#pragma once
#include "lib/escrow/agree.hpp"

namespace passa::escrow {

struct Released {
    Payee payee;
    Amount owed;  // by the books, through the contract
    Amount stays; // what the contract owes of it by its own book
    [[nodiscard]] Amount released() const { return owed - stays; }
};
struct Release {
    std::vector<Released> parties; // by name; those with nothing are left out
    std::string figures;           // JSON
    Hash256 sha256{};              // of them
};
// Error escrow.disagrees: what went in and out is not known alike.
Release make_release(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow, const Theirs& theirs);

// Error escrow.released.
struct Asking {
    std::string reason, actor;
};
void ask_release(const ledger::Book& book, const Escrow& escrow, const Release& release, const Asking& asking);
struct Approving {
    std::string sha256; // the beginning of the figures' hash, at least eight digits
    std::string actor;
};
// Errors escrow.other_figures, escrow.own_release,
// escrow.released.
JournalId approve_release(const ledger::Book& book, const Escrow& escrow, const Release& release,
                          const Approving& approving);

} // namespace passa::escrow
