// Transactions and fee bumps: made from checked values, hashed for their network, signed.
#pragma once
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

namespace passa::stellar::tx {

inline constexpr std::size_t k_max_operations = 100;
inline constexpr std::size_t k_max_signatures = 20;
inline constexpr std::int64_t k_min_base_fee = 100; // stroops per operation

struct Plan {
    xdr::MuxedAccount source;
    std::int64_t sequence = 0; // the account's own, plus one
    std::int64_t fee = 0;      // stroops bid for the whole transaction; total_fee computes it
    xdr::Preconditions preconditions = {};
    xdr::Memo memo = {};
    std::vector<xdr::Operation> operations = {};
};

// What `operations` cost at this bid per operation. Errors tx.fee_too_small (below 100), tx.fee_too_large (the
// field has 32 bits).
Result<std::uint32_t> total_fee(std::int64_t stroops_per_operation, std::size_t operations);

// Unsigned. Errors: tx.operations (none, or more than 100), tx.sequence, tx.fee_too_small, tx.fee_too_large.
Result<xdr::TransactionEnvelope> make_transaction(Plan plan);

// Wraps a signed transaction; `fee` in stroops for everything. Errors: tx.fee_bump (the inner one is not a plain
// transaction), tx.fee_too_small (less than 100 per operation plus one beside what its resources cost, or a lower rate
// than the inner one bids). The inner one of a contract may carry less than its resources cost (protocol 23).
Result<xdr::TransactionEnvelope> make_fee_bump(const xdr::MuxedAccount& fee_source, std::int64_t fee,
                                               const xdr::TransactionEnvelope& inner);

// A plain transaction: this one, or the one that this fee bump wraps. Null: it is of the old form.
const xdr::TransactionV1Envelope* find_plain(const xdr::TransactionEnvelope& envelope);

// What is signed, and the name of the transaction on the network. A fee bump's hash is that of the wrapper.
Hash256 hash(const xdr::TransactionEnvelope& envelope, const NetworkId& network);
Hash256 inner_hash(const xdr::TransactionEnvelope& envelope, const NetworkId& network); // itself unless a fee bump

// Adds the signatures that are not there yet. Error (exception) tx.signatures beyond 20.
void sign(xdr::TransactionEnvelope& envelope, const NetworkId& network, Signer& signer);
void sign(xdr::TransactionEnvelope& envelope, const NetworkId& network, std::span<Signer* const> signers);
// Those of the same transaction that it does not have yet. Errors tx.another: it is another one; tx.signatures.
Result<Done> add_signatures(xdr::TransactionEnvelope& envelope, const xdr::TransactionEnvelope& other,
                            const NetworkId& network);
bool is_signed_by(const xdr::TransactionEnvelope& envelope, const NetworkId& network, const crypto::PublicKey& key);

Bytes envelope_bytes(const xdr::TransactionEnvelope& envelope);
std::string envelope_base64(const xdr::TransactionEnvelope& envelope);
Result<xdr::TransactionEnvelope> parse_envelope(ByteView bytes); // errors xdr.*; at most 1 MiB, as at an RPC server
Result<xdr::TransactionEnvelope> parse_envelope_base64(std::string_view text);

} // namespace passa::stellar::tx
