// The policy in force and what has been spent under it.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/payout/plan.hpp"

namespace passa::payout {

// The one that the treasury names, or the only one: never one that whoever makes the batch would like better. Errors
// payout.no_policy, payout.which_policy.
Policy choose_policy(db::Transaction& tx, OrganizerId organizer, const Treasury& treasury, Instant at);
Policy get_policy(db::Transaction& tx, OrganizerId organizer, const IdBytes& id);

// By asset id, over the organizer's business day by the database's clock: what was reserved today, and what other open
// batches mean to pay.
struct Spent {
    std::map<std::string, Amount> reserved;
    std::map<std::string, Amount> planned;
};
Spent load_spent_today(db::Transaction& tx, OrganizerId organizer, std::optional<BatchId> not_counting);

} // namespace passa::payout
