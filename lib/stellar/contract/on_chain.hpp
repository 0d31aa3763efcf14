// A contract as it stands on a network: what runs it, how long it lives, what it says of itself.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_contract_entries.hpp"

namespace passa::stellar::contract {

struct Life {                                                              // of an entry
    std::uint32_t live_until = 0;                                          // the last ledger in which it can be read
    std::uint32_t ledger = 0;                                              // as of which
    [[nodiscard]] bool is_archived() const { return live_until < ledger; } // to be restored before it is used
};

struct Code {
    Bytes wasm;
    Life life;
};
// By its SHA-256; none: nobody uploaded it.
Result<std::optional<Code>> find_code(rpc::Client& client, const Hash256& sha256);

struct OnChain {
    bool is_asset = false; // the network's own contract of an asset
    Hash256 code{};        // of others: the SHA-256 of what runs
    Life life;             // of the instance
    Life code_life;        // of others
    Hash256 interface {};  // of others: the SHA-256 of what the code says of itself (contractspecv0)
    Spec spec;
};
// Follows a reference to another contract's code (CAP-85). None: there is no such contract. Errors contract.no_code,
// contract.executable, those of the client and of read_module.
Result<std::optional<OnChain>> find_contract(rpc::Client& client, const xdr::ContractId& contract);

// The interface of every asset's contract (SEP-41 and CAP-46-6): it is part of the network and carries no Wasm.
const Spec& asset_spec();

} // namespace passa::stellar::contract
