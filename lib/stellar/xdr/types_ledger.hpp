// Any ledger entry, and the key that finds it.
// Source: Stellar-ledger-entries.x.
#pragma once
#include "lib/stellar/xdr/types_account.hpp"
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_config.hpp"
#include "lib/stellar/xdr/types_config_cost.hpp"
#include "lib/stellar/xdr/types_contract_entries.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

#include <optional>

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(LedgerEntryType, "", account = 0, trustline = 1, offer = 2, data = 3, claimable_balance = 4,
               liquidity_pool = 5, contract_data = 6, contract_code = 7, config_setting = 8, ttl = 9);

struct LedgerEntryData
    : Union<LedgerEntryType, Void<>, Arm<LedgerEntryType::account, AccountEntry>,
            Arm<LedgerEntryType::trustline, TrustLineEntry>, Arm<LedgerEntryType::offer, OfferEntry>,
            Arm<LedgerEntryType::data, DataEntry>, Arm<LedgerEntryType::claimable_balance, ClaimableBalanceEntry>,
            Arm<LedgerEntryType::liquidity_pool, LiquidityPoolEntry>,
            Arm<LedgerEntryType::contract_data, ContractDataEntry>,
            Arm<LedgerEntryType::contract_code, ContractCodeEntry>,
            Arm<LedgerEntryType::config_setting, ConfigSettingEntry>, Arm<LedgerEntryType::ttl, TtlEntry>> {
    PASSA_XDR_UNION(LedgerEntryData)
};

struct LedgerEntryExtensionV1Ext : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(LedgerEntryExtensionV1Ext)
};

struct LedgerEntryExtensionV1 {
    std::optional<AccountId> sponsoring_id;
    LedgerEntryExtensionV1Ext ext;
    PASSA_XDR(LedgerEntryExtensionV1, sponsoring_id, ext)
};

struct LedgerEntryExt : Union<std::int32_t, Void<0>, Arm<1, LedgerEntryExtensionV1>> {
    PASSA_XDR_UNION(LedgerEntryExt)
};

struct LedgerEntry {
    std::uint32_t last_modified_ledger_seq{};
    LedgerEntryData data;
    LedgerEntryExt ext;
    PASSA_XDR(LedgerEntry, last_modified_ledger_seq, data, ext)
};

struct LedgerKeyAccount {
    AccountId account_id;
    PASSA_XDR(LedgerKeyAccount, account_id)
};

struct LedgerKeyTrustLine {
    AccountId account_id;
    TrustLineAsset asset;
    PASSA_XDR(LedgerKeyTrustLine, account_id, asset)
};

struct LedgerKeyOffer {
    AccountId seller_id;
    std::int64_t offer_id{};
    PASSA_XDR(LedgerKeyOffer, seller_id, offer_id)
};

struct LedgerKeyData {
    AccountId account_id;
    Text<64> data_name;
    PASSA_XDR(LedgerKeyData, account_id, data_name)
};

struct LedgerKeyClaimableBalance {
    ClaimableBalanceId balance_id;
    PASSA_XDR(LedgerKeyClaimableBalance, balance_id)
};

struct LedgerKeyLiquidityPool {
    PoolId liquidity_pool_id;
    PASSA_XDR(LedgerKeyLiquidityPool, liquidity_pool_id)
};

struct LedgerKeyContractData {
    ScAddress contract;
    ScVal key;
    ContractDataDurability durability{};
    PASSA_XDR(LedgerKeyContractData, contract, key, durability)
};

struct LedgerKeyContractCode {
    Hash hash{};
    PASSA_XDR(LedgerKeyContractCode, hash)
};

struct LedgerKeyConfigSetting {
    ConfigSettingId config_setting_id{};
    PASSA_XDR(LedgerKeyConfigSetting, config_setting_id)
};

struct LedgerKeyTtl {
    Hash key_hash{};
    PASSA_XDR(LedgerKeyTtl, key_hash)
};

struct LedgerKey
    : Union<LedgerEntryType, Void<>, Arm<LedgerEntryType::account, LedgerKeyAccount>,
            Arm<LedgerEntryType::trustline, LedgerKeyTrustLine>, Arm<LedgerEntryType::offer, LedgerKeyOffer>,
            Arm<LedgerEntryType::data, LedgerKeyData>,
            Arm<LedgerEntryType::claimable_balance, LedgerKeyClaimableBalance>,
            Arm<LedgerEntryType::liquidity_pool, LedgerKeyLiquidityPool>,
            Arm<LedgerEntryType::contract_data, LedgerKeyContractData>,
            Arm<LedgerEntryType::contract_code, LedgerKeyContractCode>,
            Arm<LedgerEntryType::config_setting, LedgerKeyConfigSetting>, Arm<LedgerEntryType::ttl, LedgerKeyTtl>> {
    PASSA_XDR_UNION(LedgerKey)
};

PASSA_XDR_ENUM(EnvelopeType, "ENVELOPE_TYPE_", tx_v0 = 0, scp = 1, tx = 2, auth = 3, scpvalue = 4, tx_fee_bump = 5,
               op_id = 6, pool_revoke_op_id = 7, contract_id = 8, soroban_authorization = 9,
               soroban_authorization_with_address = 10);

} // namespace passa::stellar::xdr
