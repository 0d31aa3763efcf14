// The policy in force and what has been spent under it.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/payout/plan.hpp"

namespace passa::payout {

// Errors payout.no_policy, payout.which_policy.
Policy choose_policy(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& name, Instant at);
Policy get_policy(db::Transaction& tx, OrganizerId organizer, const IdBytes& id);

// By asset id, over the organizer's business day by the database's clock: what was reserved today, and what other open
// batches mean to pay.
struct Spent {
    std::map<std::string, Amount> reserved;
    std::map<std::string, Amount> planned;
};
Spent load_spent_today(db::Transaction& tx, OrganizerId organizer, std::optional<BatchId> not_counting);

} // namespace passa::payout
