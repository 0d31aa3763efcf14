// Operations on accounts, trustlines, data, claimable balances, sponsorships and pools.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_account.hpp"
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

#include <optional>

namespace passa::stellar::xdr {

struct SetOptionsOp {
    std::optional<AccountId> inflation_dest;
    std::optional<std::uint32_t> clear_flags;
    std::optional<std::uint32_t> set_flags;
    std::optional<std::uint32_t> master_weight;
    std::optional<std::uint32_t> low_threshold;
    std::optional<std::uint32_t> med_threshold;
    std::optional<std::uint32_t> high_threshold;
    std::optional<Text<32>> home_domain;
    std::optional<Signer> signer;
    PASSA_XDR(SetOptionsOp, inflation_dest, clear_flags, set_flags, master_weight, low_threshold, med_threshold,
              high_threshold, home_domain, signer)
};

struct ChangeTrustOp {
    ChangeTrustAsset line;
    std::int64_t limit{};
    PASSA_XDR(ChangeTrustOp, line, limit)
};

struct AllowTrustOp {
    AccountId trustor;
    AssetCode asset;
    std::uint32_t authorize{};
    PASSA_XDR(AllowTrustOp, trustor, asset, authorize)
};

struct ManageDataOp {
    Text<64> data_name;
    std::optional<DataValue> data_value;
    PASSA_XDR(ManageDataOp, data_name, data_value)
};

struct BumpSequenceOp {
    SequenceNumber bump_to{};
    PASSA_XDR(BumpSequenceOp, bump_to)
};

struct CreateClaimableBalanceOp {
    Asset asset;
    std::int64_t amount{};
    List<Claimant, 10> claimants;
    PASSA_XDR(CreateClaimableBalanceOp, asset, amount, claimants)
};

struct ClaimClaimableBalanceOp {
    ClaimableBalanceId balance_id;
    PASSA_XDR(ClaimClaimableBalanceOp, balance_id)
};

struct BeginSponsoringFutureReservesOp {
    AccountId sponsored_id;
    PASSA_XDR(BeginSponsoringFutureReservesOp, sponsored_id)
};

PASSA_XDR_ENUM(RevokeSponsorshipType, "REVOKE_SPONSORSHIP_", ledger_entry = 0, signer = 1);

struct RevokeSponsorshipOpSigner {
    AccountId account_id;
    SignerKey signer_key;
    PASSA_XDR(RevokeSponsorshipOpSigner, account_id, signer_key)
};

struct RevokeSponsorshipOp : Union<RevokeSponsorshipType, Void<>, Arm<RevokeSponsorshipType::ledger_entry, LedgerKey>,
                                   Arm<RevokeSponsorshipType::signer, RevokeSponsorshipOpSigner>> {
    PASSA_XDR_UNION(RevokeSponsorshipOp)
};

struct ClawbackOp {
    Asset asset;
    MuxedAccount from;
    std::int64_t amount{};
    PASSA_XDR(ClawbackOp, asset, from, amount)
};

struct ClawbackClaimableBalanceOp {
    ClaimableBalanceId balance_id;
    PASSA_XDR(ClawbackClaimableBalanceOp, balance_id)
};

struct SetTrustLineFlagsOp {
    AccountId trustor;
    Asset asset;
    std::uint32_t clear_flags{};
    std::uint32_t set_flags{};
    PASSA_XDR(SetTrustLineFlagsOp, trustor, asset, clear_flags, set_flags)
};

struct LiquidityPoolDepositOp {
    PoolId liquidity_pool_id;
    std::int64_t max_amount_a{};
    std::int64_t max_amount_b{};
    Price min_price;
    Price max_price;
    PASSA_XDR(LiquidityPoolDepositOp, liquidity_pool_id, max_amount_a, max_amount_b, min_price, max_price)
};

struct LiquidityPoolWithdrawOp {
    PoolId liquidity_pool_id;
    std::int64_t amount{};
    std::int64_t min_amount_a{};
    std::int64_t min_amount_b{};
    PASSA_XDR(LiquidityPoolWithdrawOp, liquidity_pool_id, amount, min_amount_a, min_amount_b)
};

} // namespace passa::stellar::xdr
