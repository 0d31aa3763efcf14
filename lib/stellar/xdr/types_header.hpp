// Ledger headers.
// Source: Stellar-ledger.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

using UpgradeType = Opaque<128>;
PASSA_XDR_ENUM(StellarValueType, "STELLAR_VALUE_", basic = 0, signed_ = 1, empty_tx_set = 2);

struct LedgerCloseValueSignature {
    AccountId node_id;
    Signature signature;
    PASSA_XDR(LedgerCloseValueSignature, node_id, signature)
};

struct StellarValueProposedValue {
    Hash tx_set_hash{};
    Hash previous_ledger_hash{};
    std::uint32_t previous_ledger_version{};
    LedgerCloseValueSignature lc_value_signature;
    PASSA_XDR(StellarValueProposedValue, tx_set_hash, previous_ledger_hash, previous_ledger_version, lc_value_signature)
};

struct StellarValueExt
    : Union<StellarValueType, Void<StellarValueType::basic>, Arm<StellarValueType::signed_, LedgerCloseValueSignature>,
            Arm<StellarValueType::empty_tx_set, StellarValueProposedValue>> {
    PASSA_XDR_UNION(StellarValueExt)
};

struct StellarValue {
    Hash tx_set_hash{};
    TimePoint close_time{};
    List<UpgradeType, 6> upgrades;
    StellarValueExt ext;
    PASSA_XDR(StellarValue, tx_set_hash, close_time, upgrades, ext)
};

struct LedgerHeaderExtensionV1Ext : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(LedgerHeaderExtensionV1Ext)
};

struct LedgerHeaderExtensionV1 {
    std::uint32_t flags{};
    LedgerHeaderExtensionV1Ext ext;
    PASSA_XDR(LedgerHeaderExtensionV1, flags, ext)
};

struct LedgerHeaderExt : Union<std::int32_t, Void<0>, Arm<1, LedgerHeaderExtensionV1>> {
    PASSA_XDR_UNION(LedgerHeaderExt)
};

struct LedgerHeader {
    std::uint32_t ledger_version{};
    Hash previous_ledger_hash{};
    StellarValue scp_value;
    Hash tx_set_result_hash{};
    Hash bucket_list_hash{};
    std::uint32_t ledger_seq{};
    std::int64_t total_coins{};
    std::int64_t fee_pool{};
    std::uint32_t inflation_seq{};
    std::uint64_t id_pool{};
    std::uint32_t base_fee{};
    std::uint32_t base_reserve{};
    std::uint32_t max_tx_set_size{};
    std::array<Hash, 4> skip_list{};
    LedgerHeaderExt ext;
    PASSA_XDR(LedgerHeader, ledger_version, previous_ledger_hash, scp_value, tx_set_result_hash, bucket_list_hash,
              ledger_seq, total_coins, fee_pool, inflation_seq, id_pool, base_fee, base_reserve, max_tx_set_size,
              skip_list, ext)
};

struct LedgerHeaderHistoryEntryExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(LedgerHeaderHistoryEntryExt)
};

struct LedgerHeaderHistoryEntry {
    Hash hash{};
    LedgerHeader header;
    LedgerHeaderHistoryEntryExt ext;
    PASSA_XDR(LedgerHeaderHistoryEntry, hash, header, ext)
};

} // namespace passa::stellar::xdr
