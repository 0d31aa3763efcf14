// Account and trustline entries with their chains of extensions.
// Source: Stellar-ledger-entries.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

#include <optional>

namespace passa::stellar::xdr {

struct Signer {
    SignerKey key;
    std::uint32_t weight{};
    PASSA_XDR(Signer, key, weight)
};

PASSA_XDR_ENUM(AccountFlags, "AUTH_", required_flag = 1, revocable_flag = 2, immutable_flag = 4,
               clawback_enabled_flag = 8);
using Thresholds = FixedBytes<4>;

struct AccountEntryExtensionV3 {
    ExtensionPoint ext;
    std::uint32_t seq_ledger{};
    TimePoint seq_time{};
    PASSA_XDR(AccountEntryExtensionV3, ext, seq_ledger, seq_time)
};

struct AccountEntryExtensionV2Ext : Union<std::int32_t, Void<0>, Arm<3, AccountEntryExtensionV3>> {
    PASSA_XDR_UNION(AccountEntryExtensionV2Ext)
};

struct AccountEntryExtensionV2 {
    std::uint32_t num_sponsored{};
    std::uint32_t num_sponsoring{};
    List<std::optional<AccountId>, 20> signer_sponsoring_i_ds;
    AccountEntryExtensionV2Ext ext;
    PASSA_XDR(AccountEntryExtensionV2, num_sponsored, num_sponsoring, signer_sponsoring_i_ds, ext)
};

struct AccountEntryExtensionV1Ext : Union<std::int32_t, Void<0>, Arm<2, AccountEntryExtensionV2>> {
    PASSA_XDR_UNION(AccountEntryExtensionV1Ext)
};

struct AccountEntryExtensionV1 {
    Liabilities liabilities;
    AccountEntryExtensionV1Ext ext;
    PASSA_XDR(AccountEntryExtensionV1, liabilities, ext)
};

struct AccountEntryExt : Union<std::int32_t, Void<0>, Arm<1, AccountEntryExtensionV1>> {
    PASSA_XDR_UNION(AccountEntryExt)
};

struct AccountEntry {
    AccountId account_id;
    std::int64_t balance{};
    SequenceNumber seq_num{};
    std::uint32_t num_sub_entries{};
    std::optional<AccountId> inflation_dest;
    std::uint32_t flags{};
    Text<32> home_domain;
    Thresholds thresholds{};
    List<Signer, 20> signers;
    AccountEntryExt ext;
    PASSA_XDR(AccountEntry, account_id, balance, seq_num, num_sub_entries, inflation_dest, flags, home_domain,
              thresholds, signers, ext)
};

PASSA_XDR_ENUM(TrustLineFlags, "", authorized_flag = 1, authorized_to_maintain_liabilities_flag = 2,
               trustline_clawback_enabled_flag = 4);

struct TrustLineEntryExtensionV2Ext : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(TrustLineEntryExtensionV2Ext)
};

struct TrustLineEntryExtensionV2 {
    std::int32_t liquidity_pool_use_count{};
    TrustLineEntryExtensionV2Ext ext;
    PASSA_XDR(TrustLineEntryExtensionV2, liquidity_pool_use_count, ext)
};

struct TrustLineEntryV1Ext : Union<std::int32_t, Void<0>, Arm<2, TrustLineEntryExtensionV2>> {
    PASSA_XDR_UNION(TrustLineEntryV1Ext)
};

struct TrustLineEntryV1 {
    Liabilities liabilities;
    TrustLineEntryV1Ext ext;
    PASSA_XDR(TrustLineEntryV1, liabilities, ext)
};

struct TrustLineEntryExt : Union<std::int32_t, Void<0>, Arm<1, TrustLineEntryV1>> {
    PASSA_XDR_UNION(TrustLineEntryExt)
};

struct TrustLineEntry {
    AccountId account_id;
    TrustLineAsset asset;
    std::int64_t balance{};
    std::int64_t limit{};
    std::uint32_t flags{};
    TrustLineEntryExt ext;
    PASSA_XDR(TrustLineEntry, account_id, asset, balance, limit, flags, ext)
};

} // namespace passa::stellar::xdr
