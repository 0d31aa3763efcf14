// What a plan is made of, read from the database: payables, rates, and the parties that a file names.
#pragma once
#include "lib/payout/create.hpp"

namespace passa::payout {

std::vector<Payable> gather_payables(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                     std::optional<IdBytes> settlement);
// All unknown names at once: errors payout.unknown_party.
std::vector<Payable> gather_file(db::Transaction& tx, OrganizerId organizer, const PaymentFile& file);
std::vector<RateVersion> load_rates(db::Transaction& tx, OrganizerId organizer, Instant at);

} // namespace passa::payout
