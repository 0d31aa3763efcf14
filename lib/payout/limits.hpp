// The policy in force and what has been spent under it.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/payout/plan.hpp"

namespace passa::payout {

// The one that the treasury names, or the only one: never one that whoever makes the batch would like better. Errors
// payout.no_policy, payout.which_policy.
Policy choose_policy(db::Transaction& tx, OrganizerId organizer, const Treasury& treasury, Instant at);
Problem no_policy();
Policy get_policy(db::Transaction& tx, OrganizerId organizer, const IdBytes& id);

struct DayScope {
    std::string policy;  // by name, whatever its version: all that is paid under it counts,
    TreasuryId treasury; // and all that leaves this treasury
};
// By asset id, over the organizer's business day by the database's clock.
std::map<std::string, DaySpent> load_spent_today(db::Transaction& tx, OrganizerId organizer, const DayScope& scope);

} // namespace passa::payout
