// From a call to a signed transaction that is ready to be sent: simulated, authorised, simulated again with the
// signatures where there are some, and paid for. Sends nothing.
//
// The fee has two parts: a bid to be included, which competes with other contract calls alone, and what the resources
// cost. Of the latter the network gives back what was set aside for rent and events and not used; so more is set aside
// than the simulation says, because rent is reckoned as of the ledger in which the call is applied.
#pragma once
#include "lib/stellar/contract/authorize.hpp"
#include "lib/stellar/contract/simulate.hpp"
#include "lib/stellar/tx/draft.hpp"

namespace passa::stellar::contract {

struct Terms {
    Duration valid_for = std::chrono::seconds{120};
    std::int64_t most_fee = 100'000'000; // stroops, for everything: beyond it nothing is signed
    std::int64_t most_bid = 1'000'000;   // stroops: the cap on the bid
    tx::Numbers known = {};              // of the source's transactions
};

struct Fees { // stroops
    std::int64_t bid = 0;
    std::int64_t resources = 0; // as simulated
    std::int64_t set_aside = 0; // beyond it, given back unless used
    [[nodiscard]] std::int64_t most() const { return bid + resources + set_aside; }
};
// Errors contract.fee: more than the cap; those of the client.
Result<Fees> reckon_fees(rpc::Client& client, const xdr::SorobanTransactionData& data, const Terms& terms);

struct Signers {
    Signer& source;
    std::span<const Voucher> others = {}; // for those who must authorise and are not the source
};

// Errors: those of simulate, authorize, reckon_fees and tx::find_next_sequence; contract.archived: entries must be
// restored first.
Result<tx::Ready> make_ready(rpc::Client& client, Call call, const Signers& signers, const Terms& terms);
// The same, to be signed by the source elsewhere.
Result<tx::Ready> make_unsigned(rpc::Client& client, Call call, std::span<const Voucher> others, const Terms& terms);

} // namespace passa::stellar::contract
