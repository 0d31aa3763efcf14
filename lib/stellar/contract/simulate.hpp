// What a call would do if it came into the next ledger: asked of a server, decoded, and refused in the contract's
// words.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_operation.hpp"
#include "lib/stellar/xdr/types_soroban_data.hpp"

namespace passa::stellar::contract {

struct Call {
    xdr::AccountId source; // who pays, and stands for itself wherever it must authorise
    xdr::Operation operation;
    xdr::LedgerFootprint footprint = {}; // of extend and restore alone: a simulation finds all others
    const Spec* spec = nullptr;          // of the contract called: explains its errors, which else stay numbers
};

struct Simulation {
    xdr::SorobanTransactionData data;                        // with what it costs at least, in stroops
    xdr::List<xdr::SorobanAuthorizationEntry> auth = {};     // to be signed, but for the source's own
    std::optional<xdr::ScVal> value = {};                    // what the function returns
    std::optional<xdr::SorobanTransactionData> restore = {}; // what must be restored before, with its cost
    std::uint32_t ledger = 0;                                // as of which

    // Nothing would be written and nobody need authorise it: then the answer is all there is to have.
    [[nodiscard]] bool only_reads() const { return data.resources.footprint.read_write.empty() && auth.empty(); }
};

// `enforce`: the authorisations of the operation are signed, and are tried. The source need not exist. Errors
// contract.refused, rpc.not_rpc and those of the client.
enum class Auth : std::uint8_t { record, enforce };
Result<Simulation> simulate(rpc::Client& client, const Call& call, Auth auth);

// The host's words for a failure with what the contract means by its number:
// `HostError: Error(Contract, #3)` becomes `NotFunded (3): the escrow is empty`.
std::string explain_failure(std::string_view words, const Spec* spec);

} // namespace passa::stellar::contract
