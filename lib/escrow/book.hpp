// What a contract told becomes journal entries: each event once, in the order in which things happened, whoever called.
#pragma once
#include "lib/escrow/escrow.hpp"

namespace passa::escrow {

// Of the events that were heard since the last time. `token`: the contract's address of the plan's asset; movements of
// others are none of the event's money. Error escrow.unreadable: nothing of it was booked.
std::int64_t book_events(const ledger::Book& book, const Escrow& escrow, std::string_view token);

} // namespace passa::escrow
