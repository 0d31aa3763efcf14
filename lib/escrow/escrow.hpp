// Money of an event that a contract holds and pays out (contracts/event-revenue): what the books say is owed through
// it, and what it told of each movement. The contract follows the settlement law itself; nothing here says who gets
// what.
#pragma once
#include "lib/ledger/journal.hpp"

#include <map>
#include <string>
#include <vector>

namespace passa::escrow {

using money::Amount;

struct PlanTag {
    static constexpr std::string_view prefix = "spl";
};
using PlanId = Id<PlanTag>;

struct Payee {
    PartyId id;
    std::string name;
    std::string address; // where it is paid now: G...; empty: not on Stellar
};

// Whom a contract pays, and from where its money comes.
struct Escrow {
    PlanId plan;
    std::string plan_name;
    EventId event;
    std::string event_name;
    std::string contract; // its name
    std::string network;
    TreasuryId treasury;
    std::string treasury_name, treasury_account;
    money::Asset asset;
    std::optional<std::string> address = {}; // C...; none: nothing went there yet
    std::string booked_through = {};         // the last event that was booked
    bool released = false;                   // the contract gets no more: see release.hpp
};
std::vector<Escrow> load_escrows(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event);

struct ShareDue {
    Payee payee;
    std::uint32_t bps = 0;
    Amount due;
};

// What one version of a plan owes through the contract, to date.
struct VersionDue {
    IdBytes version{};
    std::string name;                        // "show v2"
    std::optional<std::uint32_t> on_chain{}; // which version of the contract's plan it is
    std::vector<ShareDue> shares;            // in the plan's order
    std::vector<std::pair<Payee, Amount>> commissions;
    [[nodiscard]] Amount total() const;
};
// Oldest first; those under which nothing was settled are left out.
std::vector<VersionDue> load_dues(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow);

// Binds plan, contract and, as they become known, versions and addresses: once and for good. Again changes nothing.
void bind(const ledger::Book& book, const Escrow& escrow, const std::string& address);
void bind_version(const ledger::Book& book, const Escrow& escrow, const VersionDue& due, std::uint32_t on_chain);

std::span<const db::Statement> statements(); // with the checks

} // namespace passa::escrow
