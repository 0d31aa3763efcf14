// What a transaction changed: ledger entry changes and the metas, versions 0 to 4.
// Source: Stellar-ledger.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_events.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "lib/stellar/xdr/types_result.hpp"

#include <optional>

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(LedgerEntryChangeType, "LEDGER_ENTRY_", created = 0, updated = 1, removed = 2, state = 3, restored = 4);

struct LedgerEntryChange
    : Union<LedgerEntryChangeType, Void<>, Arm<LedgerEntryChangeType::created, LedgerEntry>,
            Arm<LedgerEntryChangeType::updated, LedgerEntry>, Arm<LedgerEntryChangeType::removed, LedgerKey>,
            Arm<LedgerEntryChangeType::state, LedgerEntry>, Arm<LedgerEntryChangeType::restored, LedgerEntry>> {
    PASSA_XDR_UNION(LedgerEntryChange)
};

using LedgerEntryChanges = List<LedgerEntryChange>;

struct OperationMeta {
    LedgerEntryChanges changes;
    PASSA_XDR(OperationMeta, changes)
};

struct TransactionMetaV1 {
    LedgerEntryChanges tx_changes;
    List<OperationMeta> operations;
    PASSA_XDR(TransactionMetaV1, tx_changes, operations)
};

struct TransactionMetaV2 {
    LedgerEntryChanges tx_changes_before;
    List<OperationMeta> operations;
    LedgerEntryChanges tx_changes_after;
    PASSA_XDR(TransactionMetaV2, tx_changes_before, operations, tx_changes_after)
};

struct SorobanTransactionMetaExtV1 {
    ExtensionPoint ext;
    std::int64_t total_non_refundable_resource_fee_charged{};
    std::int64_t total_refundable_resource_fee_charged{};
    std::int64_t rent_fee_charged{};
    PASSA_XDR(SorobanTransactionMetaExtV1, ext, total_non_refundable_resource_fee_charged,
              total_refundable_resource_fee_charged, rent_fee_charged)
};

struct SorobanTransactionMetaExt : Union<std::int32_t, Void<0>, Arm<1, SorobanTransactionMetaExtV1>> {
    PASSA_XDR_UNION(SorobanTransactionMetaExt)
};

struct SorobanTransactionMeta {
    SorobanTransactionMetaExt ext;
    List<ContractEvent> events;
    ScVal return_value;
    List<DiagnosticEvent> diagnostic_events;
    PASSA_XDR(SorobanTransactionMeta, ext, events, return_value, diagnostic_events)
};

struct TransactionMetaV3 {
    ExtensionPoint ext;
    LedgerEntryChanges tx_changes_before;
    List<OperationMeta> operations;
    LedgerEntryChanges tx_changes_after;
    std::optional<SorobanTransactionMeta> soroban_meta;
    PASSA_XDR(TransactionMetaV3, ext, tx_changes_before, operations, tx_changes_after, soroban_meta)
};

struct OperationMetaV2 {
    ExtensionPoint ext;
    LedgerEntryChanges changes;
    List<ContractEvent> events;
    PASSA_XDR(OperationMetaV2, ext, changes, events)
};

struct SorobanTransactionMetaV2 {
    SorobanTransactionMetaExt ext;
    std::optional<ScVal> return_value;
    PASSA_XDR(SorobanTransactionMetaV2, ext, return_value)
};

struct TransactionMetaV4 {
    ExtensionPoint ext;
    LedgerEntryChanges tx_changes_before;
    List<OperationMetaV2> operations;
    LedgerEntryChanges tx_changes_after;
    std::optional<SorobanTransactionMetaV2> soroban_meta;
    List<TransactionEvent> events;
    List<DiagnosticEvent> diagnostic_events;
    PASSA_XDR(TransactionMetaV4, ext, tx_changes_before, operations, tx_changes_after, soroban_meta, events,
              diagnostic_events)
};

struct TransactionMeta : Union<std::int32_t, Void<>, Arm<0, List<OperationMeta>>, Arm<1, TransactionMetaV1>,
                               Arm<2, TransactionMetaV2>, Arm<3, TransactionMetaV3>, Arm<4, TransactionMetaV4>> {
    PASSA_XDR_UNION(TransactionMeta)
};

struct InvokeHostFunctionSuccessPreImage {
    ScVal return_value;
    List<ContractEvent> events;
    PASSA_XDR(InvokeHostFunctionSuccessPreImage, return_value, events)
};

struct TransactionResultPair {
    Hash transaction_hash{};
    TransactionResult result;
    PASSA_XDR(TransactionResultPair, transaction_hash, result)
};

} // namespace passa::stellar::xdr
