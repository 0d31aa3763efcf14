// The contract that holds an event's money, asked for its own book (contracts/event-revenue). Asking is free.
#pragma once
#include "cli/contract/deploy.hpp"
#include "lib/escrow/agree.hpp"

#include <nlohmann/json_fwd.hpp>

namespace passa::cli::escrow {

using passa::escrow::Escrow;
using passa::escrow::Int128;

struct PlanOnChain {
    std::vector<std::pair<std::string, std::uint32_t>> shares; // address, basis points
};

class Holder {
public:
    // Errors contract.absent; escrow.no_token; escrow.drifted: it runs other code than its manifest pins, so its word
    // is not taken.
    Holder(Context& ctx, const Escrow& escrow);

    [[nodiscard]] const catalog::Contract& declared() const { return m_declared; }
    [[nodiscard]] std::string address() const;
    [[nodiscard]] std::string token() const; // the contract that speaks for the plan's asset
    [[nodiscard]] stellar::rpc::Client& client() const { return *m_client; }

    std::uint32_t newest_version();
    PlanOnChain plan(std::uint32_t version);
    // With the credits of these creators.
    passa::escrow::ContractBook book(std::uint32_t version, const passa::escrow::VersionDue& due);
    passa::escrow::Theirs all(const passa::escrow::OurBook& ours); // of the versions that we know
    std::string organizer();                                       // the address that money comes back to
    std::string admin();                                           // who refunds and credits
    bool is_paused();
    bool is_closed();
    Int128 balance();
    [[nodiscard]] std::uint32_t as_of() const { return m_as_of; } // the newest ledger that an answer was of

    // To be signed by others than its source where it says so.
    [[nodiscard]] stellar::contract::Call make_call(const stellar::xdr::AccountId& source, const char* function,
                                                    const nlohmann::ordered_json& arguments) const;
    [[nodiscard]] std::string words(const stellar::contract::Call& call) const;

private:
    nlohmann::ordered_json ask(const char* function, const nlohmann::ordered_json& arguments);
    nlohmann::ordered_json look(const stellar::contract::Spec& spec, const char* function,
                                const stellar::contract::Call& call);
    std::unique_ptr<stellar::rpc::Client> m_client;
    catalog::Contract m_declared;
    stellar::xdr::ContractId m_id, m_token;
    stellar::contract::OnChain m_told;
    std::uint32_t m_as_of = 0;
};

// What it told since the last time, into the books.
void hear(Context& ctx, Holder& holder, const Escrow& escrow);
// The same until all up to `ledger` is there. False: no server tells yet, for some twenty seconds.
bool hear_through(Context& ctx, Holder& holder, const Escrow& escrow, std::int64_t ledger);

std::vector<Escrow> get_escrows(Context& ctx, const std::string& event); // error escrow.none
// As they stand, the same plan's.
Escrow reload(Context& ctx, const Escrow& escrow);

} // namespace passa::cli::escrow
