// What a payout takes, and from whom: a party's payables, debts netted first, or the organizer's expense; converted at
// the rate of its batch. What it takes goes into payout clearing when it is set aside, and elsewhere when it was paid
// without.
#pragma once
#include "lib/db/transaction.hpp"
#include "lib/ledger/journal.hpp"
#include "lib/payout/payout.hpp"

#include <optional>
#include <vector>

namespace passa::payout {

// `row` as load_ready tells of a payout. All but the one that the amount goes to; nothing when less is owed now than
// the payout was made for, or less to be netted.
std::optional<std::vector<ledger::Posting>> find_takings(db::Transaction& tx, OrganizerId organizer,
                                                         const db::Row& row);
// The same of a payout whose money was never set aside.
std::optional<std::vector<ledger::Posting>> find_takings(db::Transaction& tx, OrganizerId organizer, PayoutId payout);

} // namespace passa::payout
