// Results of payments and offers.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(CreateAccountResultCode, "CREATE_ACCOUNT_", success = 0, malformed = -1, underfunded = -2,
               low_reserve = -3, already_exist = -4);

struct CreateAccountResult : Union<CreateAccountResultCode, VoidRest> {
    PASSA_XDR_UNION(CreateAccountResult)
};

PASSA_XDR_ENUM(PaymentResultCode, "PAYMENT_", success = 0, malformed = -1, underfunded = -2, src_no_trust = -3,
               src_not_authorized = -4, no_destination = -5, no_trust = -6, not_authorized = -7, line_full = -8,
               no_issuer = -9);

struct PaymentResult : Union<PaymentResultCode, VoidRest> {
    PASSA_XDR_UNION(PaymentResult)
};

PASSA_XDR_ENUM(PathPaymentStrictReceiveResultCode, "PATH_PAYMENT_STRICT_RECEIVE_", success = 0, malformed = -1,
               underfunded = -2, src_no_trust = -3, src_not_authorized = -4, no_destination = -5, no_trust = -6,
               not_authorized = -7, line_full = -8, no_issuer = -9, too_few_offers = -10, offer_cross_self = -11,
               over_sendmax = -12);
PASSA_XDR_ENUM(ClaimAtomType, "CLAIM_ATOM_TYPE_", v0 = 0, order_book = 1, liquidity_pool = 2);

struct ClaimOfferAtomV0 {
    Uint256 seller_ed25519{};
    std::int64_t offer_id{};
    Asset asset_sold;
    std::int64_t amount_sold{};
    Asset asset_bought;
    std::int64_t amount_bought{};
    PASSA_XDR(ClaimOfferAtomV0, seller_ed25519, offer_id, asset_sold, amount_sold, asset_bought, amount_bought)
};

struct ClaimOfferAtom {
    AccountId seller_id;
    std::int64_t offer_id{};
    Asset asset_sold;
    std::int64_t amount_sold{};
    Asset asset_bought;
    std::int64_t amount_bought{};
    PASSA_XDR(ClaimOfferAtom, seller_id, offer_id, asset_sold, amount_sold, asset_bought, amount_bought)
};

struct ClaimLiquidityAtom {
    PoolId liquidity_pool_id;
    Asset asset_sold;
    std::int64_t amount_sold{};
    Asset asset_bought;
    std::int64_t amount_bought{};
    PASSA_XDR(ClaimLiquidityAtom, liquidity_pool_id, asset_sold, amount_sold, asset_bought, amount_bought)
};

struct ClaimAtom
    : Union<ClaimAtomType, Void<>, Arm<ClaimAtomType::v0, ClaimOfferAtomV0>,
            Arm<ClaimAtomType::order_book, ClaimOfferAtom>, Arm<ClaimAtomType::liquidity_pool, ClaimLiquidityAtom>> {
    PASSA_XDR_UNION(ClaimAtom)
};

struct SimplePaymentResult {
    AccountId destination;
    Asset asset;
    std::int64_t amount{};
    PASSA_XDR(SimplePaymentResult, destination, asset, amount)
};

struct PathPaymentStrictReceiveResultSuccess {
    List<ClaimAtom> offers;
    SimplePaymentResult last;
    PASSA_XDR(PathPaymentStrictReceiveResultSuccess, offers, last)
};

struct PathPaymentStrictReceiveResult
    : Union<PathPaymentStrictReceiveResultCode, VoidRest,
            Arm<PathPaymentStrictReceiveResultCode::success, PathPaymentStrictReceiveResultSuccess>,
            Arm<PathPaymentStrictReceiveResultCode::no_issuer, Asset>> {
    PASSA_XDR_UNION(PathPaymentStrictReceiveResult)
};

PASSA_XDR_ENUM(PathPaymentStrictSendResultCode, "PATH_PAYMENT_STRICT_SEND_", success = 0, malformed = -1,
               underfunded = -2, src_no_trust = -3, src_not_authorized = -4, no_destination = -5, no_trust = -6,
               not_authorized = -7, line_full = -8, no_issuer = -9, too_few_offers = -10, offer_cross_self = -11,
               under_destmin = -12);

struct PathPaymentStrictSendResultSuccess {
    List<ClaimAtom> offers;
    SimplePaymentResult last;
    PASSA_XDR(PathPaymentStrictSendResultSuccess, offers, last)
};

struct PathPaymentStrictSendResult
    : Union<PathPaymentStrictSendResultCode, VoidRest,
            Arm<PathPaymentStrictSendResultCode::success, PathPaymentStrictSendResultSuccess>,
            Arm<PathPaymentStrictSendResultCode::no_issuer, Asset>> {
    PASSA_XDR_UNION(PathPaymentStrictSendResult)
};

PASSA_XDR_ENUM(ManageSellOfferResultCode, "MANAGE_SELL_OFFER_", success = 0, malformed = -1, sell_no_trust = -2,
               buy_no_trust = -3, sell_not_authorized = -4, buy_not_authorized = -5, line_full = -6, underfunded = -7,
               cross_self = -8, sell_no_issuer = -9, buy_no_issuer = -10, not_found = -11, low_reserve = -12);
PASSA_XDR_ENUM(ManageOfferEffect, "MANAGE_OFFER_", created = 0, updated = 1, deleted = 2);

struct ManageOfferSuccessResultOffer
    : Union<ManageOfferEffect, Void<ManageOfferEffect::deleted>, Arm<ManageOfferEffect::created, OfferEntry>,
            Arm<ManageOfferEffect::updated, OfferEntry>> {
    PASSA_XDR_UNION(ManageOfferSuccessResultOffer)
};

struct ManageOfferSuccessResult {
    List<ClaimAtom> offers_claimed;
    ManageOfferSuccessResultOffer offer;
    PASSA_XDR(ManageOfferSuccessResult, offers_claimed, offer)
};

struct ManageSellOfferResult
    : Union<ManageSellOfferResultCode, VoidRest, Arm<ManageSellOfferResultCode::success, ManageOfferSuccessResult>> {
    PASSA_XDR_UNION(ManageSellOfferResult)
};

PASSA_XDR_ENUM(ManageBuyOfferResultCode, "MANAGE_BUY_OFFER_", success = 0, malformed = -1, sell_no_trust = -2,
               buy_no_trust = -3, sell_not_authorized = -4, buy_not_authorized = -5, line_full = -6, underfunded = -7,
               cross_self = -8, sell_no_issuer = -9, buy_no_issuer = -10, not_found = -11, low_reserve = -12);

struct ManageBuyOfferResult
    : Union<ManageBuyOfferResultCode, VoidRest, Arm<ManageBuyOfferResultCode::success, ManageOfferSuccessResult>> {
    PASSA_XDR_UNION(ManageBuyOfferResult)
};

} // namespace passa::stellar::xdr
