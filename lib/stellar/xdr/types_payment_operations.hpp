// Operations that create accounts, move assets and trade.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(OperationType, "", create_account = 0, payment = 1, path_payment_strict_receive = 2,
               manage_sell_offer = 3, create_passive_sell_offer = 4, set_options = 5, change_trust = 6, allow_trust = 7,
               account_merge = 8, inflation = 9, manage_data = 10, bump_sequence = 11, manage_buy_offer = 12,
               path_payment_strict_send = 13, create_claimable_balance = 14, claim_claimable_balance = 15,
               begin_sponsoring_future_reserves = 16, end_sponsoring_future_reserves = 17, revoke_sponsorship = 18,
               clawback = 19, clawback_claimable_balance = 20, set_trust_line_flags = 21, liquidity_pool_deposit = 22,
               liquidity_pool_withdraw = 23, invoke_host_function = 24, extend_footprint_ttl = 25,
               restore_footprint = 26);

struct CreateAccountOp {
    AccountId destination;
    std::int64_t starting_balance{};
    PASSA_XDR(CreateAccountOp, destination, starting_balance)
};

struct PaymentOp {
    MuxedAccount destination;
    Asset asset;
    std::int64_t amount{};
    PASSA_XDR(PaymentOp, destination, asset, amount)
};

struct PathPaymentStrictReceiveOp {
    Asset send_asset;
    std::int64_t send_max{};
    MuxedAccount destination;
    Asset dest_asset;
    std::int64_t dest_amount{};
    List<Asset, 5> path;
    PASSA_XDR(PathPaymentStrictReceiveOp, send_asset, send_max, destination, dest_asset, dest_amount, path)
};

struct PathPaymentStrictSendOp {
    Asset send_asset;
    std::int64_t send_amount{};
    MuxedAccount destination;
    Asset dest_asset;
    std::int64_t dest_min{};
    List<Asset, 5> path;
    PASSA_XDR(PathPaymentStrictSendOp, send_asset, send_amount, destination, dest_asset, dest_min, path)
};

struct ManageSellOfferOp {
    Asset selling;
    Asset buying;
    std::int64_t amount{};
    Price price;
    std::int64_t offer_id{};
    PASSA_XDR(ManageSellOfferOp, selling, buying, amount, price, offer_id)
};

struct ManageBuyOfferOp {
    Asset selling;
    Asset buying;
    std::int64_t buy_amount{};
    Price price;
    std::int64_t offer_id{};
    PASSA_XDR(ManageBuyOfferOp, selling, buying, buy_amount, price, offer_id)
};

struct CreatePassiveSellOfferOp {
    Asset selling;
    Asset buying;
    std::int64_t amount{};
    Price price;
    PASSA_XDR(CreatePassiveSellOfferOp, selling, buying, amount, price)
};

} // namespace passa::stellar::xdr
