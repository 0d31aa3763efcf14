// Offers, data, claimable balances and liquidity pools.
// Source: Stellar-ledger-entries.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

#include <optional>

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(OfferEntryFlags, "", passive_flag = 1);

struct OfferEntryExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(OfferEntryExt)
};

struct OfferEntry {
    AccountId seller_id;
    std::int64_t offer_id{};
    Asset selling;
    Asset buying;
    std::int64_t amount{};
    Price price;
    std::uint32_t flags{};
    OfferEntryExt ext;
    PASSA_XDR(OfferEntry, seller_id, offer_id, selling, buying, amount, price, flags, ext)
};

using DataValue = Opaque<64>;

struct DataEntryExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(DataEntryExt)
};

struct DataEntry {
    AccountId account_id;
    Text<64> data_name;
    DataValue data_value;
    DataEntryExt ext;
    PASSA_XDR(DataEntry, account_id, data_name, data_value, ext)
};

PASSA_XDR_ENUM(ClaimPredicateType, "CLAIM_PREDICATE_", unconditional = 0, and_ = 1, or_ = 2, not_ = 3,
               before_absolute_time = 4, before_relative_time = 5);

struct ClaimPredicate : Union<ClaimPredicateType, Void<ClaimPredicateType::unconditional>,
                              Arm<ClaimPredicateType::and_, List<ClaimPredicate, 2>>,
                              Arm<ClaimPredicateType::or_, List<ClaimPredicate, 2>>,
                              Arm<ClaimPredicateType::not_, std::optional<Box<ClaimPredicate>>>,
                              Arm<ClaimPredicateType::before_absolute_time, std::int64_t>,
                              Arm<ClaimPredicateType::before_relative_time, std::int64_t>> {
    PASSA_XDR_UNION(ClaimPredicate)
};

PASSA_XDR_ENUM(ClaimantType, "", claimant_type_v0 = 0);

struct ClaimantV0 {
    AccountId destination;
    ClaimPredicate predicate;
    PASSA_XDR(ClaimantV0, destination, predicate)
};

struct Claimant : Union<ClaimantType, Void<>, Arm<ClaimantType::claimant_type_v0, ClaimantV0>> {
    PASSA_XDR_UNION(Claimant)
};

PASSA_XDR_ENUM(ClaimableBalanceFlags, "", claimable_balance_clawback_enabled_flag = 1);

struct ClaimableBalanceEntryExtensionV1Ext : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(ClaimableBalanceEntryExtensionV1Ext)
};

struct ClaimableBalanceEntryExtensionV1 {
    ClaimableBalanceEntryExtensionV1Ext ext;
    std::uint32_t flags{};
    PASSA_XDR(ClaimableBalanceEntryExtensionV1, ext, flags)
};

struct ClaimableBalanceEntryExt : Union<std::int32_t, Void<0>, Arm<1, ClaimableBalanceEntryExtensionV1>> {
    PASSA_XDR_UNION(ClaimableBalanceEntryExt)
};

struct ClaimableBalanceEntry {
    ClaimableBalanceId balance_id;
    List<Claimant, 10> claimants;
    Asset asset;
    std::int64_t amount{};
    ClaimableBalanceEntryExt ext;
    PASSA_XDR(ClaimableBalanceEntry, balance_id, claimants, asset, amount, ext)
};

struct LiquidityPoolEntryConstantProduct {
    LiquidityPoolConstantProductParameters params;
    std::int64_t reserve_a{};
    std::int64_t reserve_b{};
    std::int64_t total_pool_shares{};
    std::int64_t pool_shares_trust_line_count{};
    PASSA_XDR(LiquidityPoolEntryConstantProduct, params, reserve_a, reserve_b, total_pool_shares,
              pool_shares_trust_line_count)
};

struct LiquidityPoolEntryBody
    : Union<LiquidityPoolType, Void<>,
            Arm<LiquidityPoolType::liquidity_pool_constant_product, LiquidityPoolEntryConstantProduct>> {
    PASSA_XDR_UNION(LiquidityPoolEntryBody)
};

struct LiquidityPoolEntry {
    PoolId liquidity_pool_id;
    LiquidityPoolEntryBody body;
    PASSA_XDR(LiquidityPoolEntry, liquidity_pool_id, body)
};

} // namespace passa::stellar::xdr
