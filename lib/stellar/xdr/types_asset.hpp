// Assets, prices and liquidity pool parameters.
// Source: Stellar-ledger-entries.x, Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

struct AssetCode4 {
    FixedBytes<4> code{};
    PASSA_XDR(AssetCode4, code)
};

struct AssetCode12 {
    FixedBytes<12> code{};
    PASSA_XDR(AssetCode12, code)
};

PASSA_XDR_ENUM(AssetType, "ASSET_TYPE_", native = 0, credit_alphanum4 = 1, credit_alphanum12 = 2, pool_share = 3);

struct AlphaNum4 {
    AssetCode4 asset_code;
    AccountId issuer;
    PASSA_XDR(AlphaNum4, asset_code, issuer)
};

struct AlphaNum12 {
    AssetCode12 asset_code;
    AccountId issuer;
    PASSA_XDR(AlphaNum12, asset_code, issuer)
};

struct Asset : Union<AssetType, Void<AssetType::native>, Arm<AssetType::credit_alphanum4, AlphaNum4>,
                     Arm<AssetType::credit_alphanum12, AlphaNum12>> {
    PASSA_XDR_UNION(Asset)
};

struct AssetCode : Union<AssetType, Void<>, Arm<AssetType::credit_alphanum4, AssetCode4>,
                         Arm<AssetType::credit_alphanum12, AssetCode12>> {
    PASSA_XDR_UNION(AssetCode)
};

struct TrustLineAsset : Union<AssetType, Void<AssetType::native>, Arm<AssetType::credit_alphanum4, AlphaNum4>,
                              Arm<AssetType::credit_alphanum12, AlphaNum12>, Arm<AssetType::pool_share, PoolId>> {
    PASSA_XDR_UNION(TrustLineAsset)
};

PASSA_XDR_ENUM(LiquidityPoolType, "", liquidity_pool_constant_product = 0);

struct LiquidityPoolConstantProductParameters {
    Asset asset_a;
    Asset asset_b;
    std::int32_t fee{};
    PASSA_XDR(LiquidityPoolConstantProductParameters, asset_a, asset_b, fee)
};

struct LiquidityPoolParameters
    : Union<LiquidityPoolType, Void<>,
            Arm<LiquidityPoolType::liquidity_pool_constant_product, LiquidityPoolConstantProductParameters>> {
    PASSA_XDR_UNION(LiquidityPoolParameters)
};

struct ChangeTrustAsset
    : Union<AssetType, Void<AssetType::native>, Arm<AssetType::credit_alphanum4, AlphaNum4>,
            Arm<AssetType::credit_alphanum12, AlphaNum12>, Arm<AssetType::pool_share, LiquidityPoolParameters>> {
    PASSA_XDR_UNION(ChangeTrustAsset)
};

struct Price {
    std::int32_t n{};
    std::int32_t d{};
    PASSA_XDR(Price, n, d)
};

struct Liabilities {
    std::int64_t buying{};
    std::int64_t selling{};
    PASSA_XDR(Liabilities, buying, selling)
};

} // namespace passa::stellar::xdr
