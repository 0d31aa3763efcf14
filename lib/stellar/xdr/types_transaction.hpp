// Transactions, fee bumps and their envelopes; what is hashed for a signature.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "lib/stellar/xdr/types_operation.hpp"
#include "lib/stellar/xdr/types_soroban_data.hpp"

#include <optional>

namespace passa::stellar::xdr {

struct TransactionExt : Union<std::int32_t, Void<0>, Arm<1, SorobanTransactionData>> {
    PASSA_XDR_UNION(TransactionExt)
};

struct Transaction {
    MuxedAccount source_account;
    std::uint32_t fee{};
    SequenceNumber seq_num{};
    Preconditions cond;
    Memo memo;
    List<Operation, 100> operations;
    TransactionExt ext;
    PASSA_XDR(Transaction, source_account, fee, seq_num, cond, memo, operations, ext)
};

struct TransactionV0Ext : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(TransactionV0Ext)
};

struct TransactionV0 {
    Uint256 source_account_ed25519{};
    std::uint32_t fee{};
    SequenceNumber seq_num{};
    std::optional<TimeBounds> time_bounds;
    Memo memo;
    List<Operation, 100> operations;
    TransactionV0Ext ext;
    PASSA_XDR(TransactionV0, source_account_ed25519, fee, seq_num, time_bounds, memo, operations, ext)
};

struct TransactionV0Envelope {
    TransactionV0 tx;
    List<DecoratedSignature, 20> signatures;
    PASSA_XDR(TransactionV0Envelope, tx, signatures)
};

struct TransactionV1Envelope {
    Transaction tx;
    List<DecoratedSignature, 20> signatures;
    PASSA_XDR(TransactionV1Envelope, tx, signatures)
};

struct FeeBumpTransactionInnerTx : Union<EnvelopeType, Void<>, Arm<EnvelopeType::tx, TransactionV1Envelope>> {
    PASSA_XDR_UNION(FeeBumpTransactionInnerTx)
};

struct FeeBumpTransactionExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(FeeBumpTransactionExt)
};

struct FeeBumpTransaction {
    MuxedAccount fee_source;
    std::int64_t fee{};
    FeeBumpTransactionInnerTx inner_tx;
    FeeBumpTransactionExt ext;
    PASSA_XDR(FeeBumpTransaction, fee_source, fee, inner_tx, ext)
};

struct FeeBumpTransactionEnvelope {
    FeeBumpTransaction tx;
    List<DecoratedSignature, 20> signatures;
    PASSA_XDR(FeeBumpTransactionEnvelope, tx, signatures)
};

struct TransactionEnvelope
    : Union<EnvelopeType, Void<>, Arm<EnvelopeType::tx_v0, TransactionV0Envelope>,
            Arm<EnvelopeType::tx, TransactionV1Envelope>, Arm<EnvelopeType::tx_fee_bump, FeeBumpTransactionEnvelope>> {
    PASSA_XDR_UNION(TransactionEnvelope)
};

struct TransactionSignaturePayloadTaggedTransaction : Union<EnvelopeType, Void<>, Arm<EnvelopeType::tx, Transaction>,
                                                            Arm<EnvelopeType::tx_fee_bump, FeeBumpTransaction>> {
    PASSA_XDR_UNION(TransactionSignaturePayloadTaggedTransaction)
};

struct TransactionSignaturePayload {
    Hash network_id{};
    TransactionSignaturePayloadTaggedTransaction tagged_transaction;
    PASSA_XDR(TransactionSignaturePayload, network_id, tagged_transaction)
};

} // namespace passa::stellar::xdr
