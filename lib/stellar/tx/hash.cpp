// The hash of a transaction: of its signature payload (TransactionSignaturePayload in Stellar-transaction.x), which is
// written in place instead of copying the transaction into one.
#include "lib/crypto/hash.hpp"

#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/encode_inline.hpp"

namespace passa::stellar::tx {
namespace {

using xdr::as;
using xdr::EnvelopeType;

template <typename Body>
Hash256 hash_payload(const NetworkId& network, EnvelopeType type, const Body& body) {
    thread_local Bytes payload; // its memory is kept: one transaction after another has about the same size
    xdr::InlineEncoder encoder{payload};
    encoder.put(network.hash);
    encoder.put(type);
    encoder.put(body);
    return crypto::sha256(encoder.written());
}

// A V0 transaction is signed as the V1 transaction that it stands for.
xdr::Transaction to_v1(const xdr::TransactionV0& old) {
    xdr::Transaction modern;
    modern.source_account = xdr::MuxedAccount{as<xdr::CryptoKeyType::ed25519>, old.source_account_ed25519};
    modern.fee = old.fee;
    modern.seq_num = old.seq_num;
    if (old.time_bounds) modern.cond = xdr::Preconditions{as<xdr::PreconditionType::time>, *old.time_bounds};
    modern.memo = old.memo;
    modern.operations = old.operations;
    return modern;
}

} // namespace

Hash256 hash(const xdr::TransactionEnvelope& envelope, const NetworkId& network) {
    if (const auto* v0 = envelope.find<EnvelopeType::tx_v0>())
        return hash_payload(network, EnvelopeType::tx, to_v1(v0->tx));
    if (const auto* bump = envelope.find<EnvelopeType::tx_fee_bump>())
        return hash_payload(network, EnvelopeType::tx_fee_bump, bump->tx);
    return hash_payload(network, EnvelopeType::tx, envelope.get<EnvelopeType::tx>().tx);
}

Hash256 inner_hash(const xdr::TransactionEnvelope& envelope, const NetworkId& network) {
    const auto* bump = envelope.find<EnvelopeType::tx_fee_bump>();
    if (bump == nullptr) return hash(envelope, network);
    return hash_payload(network, EnvelopeType::tx, bump->tx.inner_tx.get<EnvelopeType::tx>().tx);
}

} // namespace passa::stellar::tx
