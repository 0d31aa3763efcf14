// What a payout books on a party's accounts beside the sum it pays: debts for other events that it clears, told on the
// statements of both events; and the payout that the book gave up and a person found paid.
#pragma once
#include "lib/report/statement.hpp"

namespace passa::report {

// Lines of this event's account, in order of time; balances are not set yet.
std::vector<AccountLine> load_set_off(db::Transaction& tx, OrganizerId organizer, EventId event, PartyId party);

} // namespace passa::report
