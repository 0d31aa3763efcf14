// What a plan is made of, read from the database: payables, rates, and the parties that a file names.
#pragma once
#include "lib/payout/create.hpp"

namespace passa::payout {

std::vector<Payable> gather_payables(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                     std::optional<IdBytes> settlement);
// Those of these parties, their debts for other events included; no names: all. Errors payout.no_payee.
std::vector<Payable> choose_payees(std::vector<Payable> payables, const std::vector<std::string>& names);
struct FilePayables {
    std::vector<Payable> payables;
    Problems problems; // payout.unknown_party, of every unknown name
};
FilePayables gather_file(db::Transaction& tx, OrganizerId organizer, const PaymentFile& file);
std::vector<RateVersion> load_rates(db::Transaction& tx, OrganizerId organizer, Instant at);

} // namespace passa::payout
