// The result of any operation and of a whole transaction.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_payment_operations.hpp"
#include "lib/stellar/xdr/types_results_account.hpp"
#include "lib/stellar/xdr/types_results_payment.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(LiquidityPoolDepositResultCode, "LIQUIDITY_POOL_DEPOSIT_", success = 0, malformed = -1, no_trust = -2,
               not_authorized = -3, underfunded = -4, line_full = -5, bad_price = -6, pool_full = -7,
               trustline_frozen = -8);

struct LiquidityPoolDepositResult : Union<LiquidityPoolDepositResultCode, VoidRest> {
    PASSA_XDR_UNION(LiquidityPoolDepositResult)
};

PASSA_XDR_ENUM(LiquidityPoolWithdrawResultCode, "LIQUIDITY_POOL_WITHDRAW_", success = 0, malformed = -1, no_trust = -2,
               underfunded = -3, line_full = -4, under_minimum = -5, trustline_frozen = -6);

struct LiquidityPoolWithdrawResult : Union<LiquidityPoolWithdrawResultCode, VoidRest> {
    PASSA_XDR_UNION(LiquidityPoolWithdrawResult)
};

PASSA_XDR_ENUM(InvokeHostFunctionResultCode, "INVOKE_HOST_FUNCTION_", success = 0, malformed = -1, trapped = -2,
               resource_limit_exceeded = -3, entry_archived = -4, insufficient_refundable_fee = -5);

struct InvokeHostFunctionResult
    : Union<InvokeHostFunctionResultCode, VoidRest, Arm<InvokeHostFunctionResultCode::success, Hash>> {
    PASSA_XDR_UNION(InvokeHostFunctionResult)
};

PASSA_XDR_ENUM(ExtendFootprintTtlResultCode, "EXTEND_FOOTPRINT_TTL_", success = 0, malformed = -1,
               resource_limit_exceeded = -2, insufficient_refundable_fee = -3); // ExtendFootprintTTLResultCode

struct ExtendFootprintTtlResult : Union<ExtendFootprintTtlResultCode, VoidRest> { // ExtendFootprintTTLResult
    PASSA_XDR_UNION(ExtendFootprintTtlResult)
};

PASSA_XDR_ENUM(RestoreFootprintResultCode, "RESTORE_FOOTPRINT_", success = 0, malformed = -1,
               resource_limit_exceeded = -2, insufficient_refundable_fee = -3);

struct RestoreFootprintResult : Union<RestoreFootprintResultCode, VoidRest> {
    PASSA_XDR_UNION(RestoreFootprintResult)
};

PASSA_XDR_ENUM(OperationResultCode, "op", op_inner = 0, op_bad_auth = -1, op_no_account = -2, op_not_supported = -3,
               op_too_many_subentries = -4, op_exceeded_work_limit = -5, op_too_many_sponsoring = -6);

struct OperationResultTr
    : Union<OperationType, Void<>, Arm<OperationType::create_account, CreateAccountResult>,
            Arm<OperationType::payment, PaymentResult>,
            Arm<OperationType::path_payment_strict_receive, PathPaymentStrictReceiveResult>,
            Arm<OperationType::manage_sell_offer, ManageSellOfferResult>,
            Arm<OperationType::create_passive_sell_offer, ManageSellOfferResult>,
            Arm<OperationType::set_options, SetOptionsResult>, Arm<OperationType::change_trust, ChangeTrustResult>,
            Arm<OperationType::allow_trust, AllowTrustResult>, Arm<OperationType::account_merge, AccountMergeResult>,
            Arm<OperationType::inflation, InflationResult>, Arm<OperationType::manage_data, ManageDataResult>,
            Arm<OperationType::bump_sequence, BumpSequenceResult>,
            Arm<OperationType::manage_buy_offer, ManageBuyOfferResult>,
            Arm<OperationType::path_payment_strict_send, PathPaymentStrictSendResult>,
            Arm<OperationType::create_claimable_balance, CreateClaimableBalanceResult>,
            Arm<OperationType::claim_claimable_balance, ClaimClaimableBalanceResult>,
            Arm<OperationType::begin_sponsoring_future_reserves, BeginSponsoringFutureReservesResult>,
            Arm<OperationType::end_sponsoring_future_reserves, EndSponsoringFutureReservesResult>,
            Arm<OperationType::revoke_sponsorship, RevokeSponsorshipResult>,
            Arm<OperationType::clawback, ClawbackResult>,
            Arm<OperationType::clawback_claimable_balance, ClawbackClaimableBalanceResult>,
            Arm<OperationType::set_trust_line_flags, SetTrustLineFlagsResult>,
            Arm<OperationType::liquidity_pool_deposit, LiquidityPoolDepositResult>,
            Arm<OperationType::liquidity_pool_withdraw, LiquidityPoolWithdrawResult>,
            Arm<OperationType::invoke_host_function, InvokeHostFunctionResult>,
            Arm<OperationType::extend_footprint_ttl, ExtendFootprintTtlResult>,
            Arm<OperationType::restore_footprint, RestoreFootprintResult>> {
    PASSA_XDR_UNION(OperationResultTr)
};

struct OperationResult : Union<OperationResultCode, VoidRest, Arm<OperationResultCode::op_inner, OperationResultTr>> {
    PASSA_XDR_UNION(OperationResult)
};

PASSA_XDR_ENUM(TransactionResultCode, "tx", tx_fee_bump_inner_success = 1, tx_success = 0, tx_failed = -1,
               tx_too_early = -2, tx_too_late = -3, tx_missing_operation = -4, tx_bad_seq = -5, tx_bad_auth = -6,
               tx_insufficient_balance = -7, tx_no_account = -8, tx_insufficient_fee = -9, tx_bad_auth_extra = -10,
               tx_internal_error = -11, tx_not_supported = -12, tx_fee_bump_inner_failed = -13,
               tx_bad_sponsorship = -14, tx_bad_min_seq_age_or_gap = -15, tx_malformed = -16, tx_soroban_invalid = -17,
               tx_frozen_key_accessed = -18);

struct InnerTransactionResultResult
    : Union<TransactionResultCode,
            Void<TransactionResultCode::tx_too_early, TransactionResultCode::tx_too_late,
                 TransactionResultCode::tx_missing_operation, TransactionResultCode::tx_bad_seq,
                 TransactionResultCode::tx_bad_auth, TransactionResultCode::tx_insufficient_balance,
                 TransactionResultCode::tx_no_account, TransactionResultCode::tx_insufficient_fee,
                 TransactionResultCode::tx_bad_auth_extra, TransactionResultCode::tx_internal_error,
                 TransactionResultCode::tx_not_supported, TransactionResultCode::tx_bad_sponsorship,
                 TransactionResultCode::tx_bad_min_seq_age_or_gap, TransactionResultCode::tx_malformed,
                 TransactionResultCode::tx_soroban_invalid, TransactionResultCode::tx_frozen_key_accessed>,
            Arm<TransactionResultCode::tx_success, List<OperationResult>>,
            Arm<TransactionResultCode::tx_failed, List<OperationResult>>> {
    PASSA_XDR_UNION(InnerTransactionResultResult)
};

struct InnerTransactionResultExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(InnerTransactionResultExt)
};

struct InnerTransactionResult {
    std::int64_t fee_charged{};
    InnerTransactionResultResult result;
    InnerTransactionResultExt ext;
    PASSA_XDR(InnerTransactionResult, fee_charged, result, ext)
};

struct InnerTransactionResultPair {
    Hash transaction_hash{};
    InnerTransactionResult result;
    PASSA_XDR(InnerTransactionResultPair, transaction_hash, result)
};

struct TransactionResultResult
    : Union<TransactionResultCode, VoidRest,
            Arm<TransactionResultCode::tx_fee_bump_inner_success, InnerTransactionResultPair>,
            Arm<TransactionResultCode::tx_fee_bump_inner_failed, InnerTransactionResultPair>,
            Arm<TransactionResultCode::tx_success, List<OperationResult>>,
            Arm<TransactionResultCode::tx_failed, List<OperationResult>>> {
    PASSA_XDR_UNION(TransactionResultResult)
};

struct TransactionResultExt : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(TransactionResultExt)
};

struct TransactionResult {
    std::int64_t fee_charged{};
    TransactionResultResult result;
    TransactionResultExt ext;
    PASSA_XDR(TransactionResult, fee_charged, result, ext)
};

} // namespace passa::stellar::xdr
