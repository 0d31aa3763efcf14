// Signing what a contract asks its parties to authorise (CAP-46-11; bound to the address since CAP-71).
//
// What is signed is one call with everything that it may call in turn, once (a nonce), on one network, up to and in one
// ledger. It names neither the transaction nor its source: it stays good when the transaction is made anew.
#pragma once
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/xdr/types_authorization.hpp"

#include <span>

namespace passa::stellar::contract {

// Who answers for an address: one key or several, each a signer of the account. The network wants their weights to
// reach the medium threshold.
struct Voucher {
    xdr::AccountId account;
    std::vector<Signer*> signers;
};

struct Authority {
    const NetworkId& network;
    std::uint32_t until_ledger = 0; // the last one in which it may be used
    std::span<const Voucher> vouchers;
};

// Whether somebody must sign it: not what the source of the transaction stands for already.
bool wants_signature(const xdr::SorobanAuthorizationEntry& entry);
xdr::ScAddress address_of(const xdr::SorobanAuthorizationEntry& entry); // of one that wants a signature
// What is signed for it, as it stands: nonce and last ledger are part of it.
Hash256 authorization_hash(const xdr::SorobanAuthorizationEntry& entry, const NetworkId& network);

// Signs all. Errors contract.unsigned: nobody given answers for an address; contract.delegated: an account delegated
// its signature to others (CAP-71), which passa does not do.
Result<Done> authorize(xdr::List<xdr::SorobanAuthorizationEntry>& entries, const Authority& authority);

} // namespace passa::stellar::contract
