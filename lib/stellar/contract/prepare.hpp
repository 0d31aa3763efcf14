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

inline constexpr std::int64_t k_most_plain_fee = 4'294'967'295;    // stroops: 32 bits
inline constexpr std::int64_t k_most_fee = std::int64_t{1} << 40U; // stroops: beyond it no server is believed

struct Fees {                   // stroops
    std::int64_t bid = 0;       // of a fee bump for two operations: it is one itself
    std::int64_t resources = 0; // as simulated
    std::int64_t set_aside = 0; // beyond it, given back unless used
    [[nodiscard]] std::int64_t most() const { return bid + resources + set_aside; }
    // More than the fee field of a plain transaction holds: then it goes in a fee bump, whose field is wider.
    [[nodiscard]] bool needs_bump() const { return most() > k_most_plain_fee; }
};
// Errors contract.fee: more than the cap; contract.limit: larger than the network takes; those of the client.
Result<Fees> reckon_fees(rpc::Client& client, const xdr::SorobanTransactionData& data, const Terms& terms);

struct Signers {
    Signer& source;
    std::span<const Voucher> others = {}; // for those who must authorise and are not the source
};

// Errors: those of simulate, authorize, reckon_fees and tx::find_next_sequence; contract.archived: entries must be
// restored first.
Result<tx::Ready> make_ready(rpc::Client& client, Call call, const Signers& signers, const Terms& terms);
// The same, to be signed by the source elsewhere. Error contract.fee_bump: it costs more than a plain transaction may
// carry, and a fee bump wraps what is signed already.
Result<tx::Ready> make_unsigned(rpc::Client& client, Call call, std::span<const Voucher> others, const Terms& terms);

} // namespace passa::stellar::contract
