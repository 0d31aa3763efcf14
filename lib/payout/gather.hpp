// What a plan is made of, read from the database: payables, rates, and the parties that a file names.
#pragma once
#include "lib/payout/create.hpp"

#include <map>

namespace passa::payout {

std::vector<Payable> gather_payables(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event,
                                     std::optional<IdBytes> settlement);
// Those of these parties, their debts for other events included; no names: all. Errors payout.no_payee.
std::vector<Payable> choose_payees(std::vector<Payable> payables, const std::vector<std::string>& names);
// Parties as lines of a file name them.
class Payees {
public:
    Payees(db::Transaction& tx, OrganizerId organizer);
    [[nodiscard]] Payable
    payable_of(const FileLine& line) const;                    // the party is nil where the line names an unknown one
    [[nodiscard]] Problem unknown(const FileLine& line) const; // payout.unknown_party, without its place

private:
    struct Payee {
        IdBytes id;
        std::optional<std::string> rail, destination, memo;
    };
    std::map<std::string, Payee, std::less<>> m_known;
    std::vector<std::string> m_names;
};
std::vector<RateVersion> load_rates(db::Transaction& tx, OrganizerId organizer, Instant at);

} // namespace passa::payout
