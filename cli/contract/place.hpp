// Which contract is meant, on which network, and what it says of itself.
#pragma once
#include "cli/context.hpp"
#include "lib/catalog/contract.hpp"
#include "lib/stellar/contract/on_chain.hpp"
#include "lib/stellar/contract/value.hpp"

namespace passa::cli::contract {

struct Place {
    std::string word; // as people call it
    std::string network;
    stellar::xdr::ContractId id;
    std::optional<catalog::Contract> declared;
};

// A declared Contract, whose network then is meant, or an address (C...) on the network chosen. Errors
// contract.unknown, strkey.*, network.which, cli.other_network.
Place find_place(Context& ctx, const std::string& word, const std::optional<std::string>& network);
catalog::Contract get_declared(Context& ctx, const std::string& name); // error contract.unknown
// Where a declared contract is, or will be once it is deployed.
stellar::xdr::ContractId id_of(Context& ctx, const catalog::Contract& contract);
// The account behind the key of a contract made from its code. Errors key.*.
stellar::xdr::AccountId deployer_of(Context& ctx, const catalog::Contract& contract);
FixedBytes<32> salt_of(Context& ctx, const catalog::Contract& contract);

// Error contract.absent: there is no such contract on its network.
stellar::contract::OnChain get_on_chain(stellar::rpc::Client& client, const Place& place);

// Names instead of addresses: party:NAME (where it is paid), account:NAME (a key), contract:NAME.
stellar::contract::FindAddress address_finder(Context& ctx, const std::string& network);

} // namespace passa::cli::contract
