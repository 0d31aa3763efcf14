// Any operation, and what stands around operations in a transaction: memo and preconditions.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_account_operations.hpp"
#include "lib/stellar/xdr/types_authorization.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_payment_operations.hpp"

#include <optional>

namespace passa::stellar::xdr {

// The rare large operations stand in boxes: a batch is mostly payments, and all operations take the room of the
// largest.
struct OperationBody
    : Union<OperationType, Void<OperationType::inflation, OperationType::end_sponsoring_future_reserves>,
            Arm<OperationType::create_account, CreateAccountOp>, Arm<OperationType::payment, PaymentOp>,
            Arm<OperationType::path_payment_strict_receive, Box<PathPaymentStrictReceiveOp>>,
            Arm<OperationType::manage_sell_offer, ManageSellOfferOp>,
            Arm<OperationType::create_passive_sell_offer, CreatePassiveSellOfferOp>,
            Arm<OperationType::set_options, Box<SetOptionsOp>>, Arm<OperationType::change_trust, ChangeTrustOp>,
            Arm<OperationType::allow_trust, AllowTrustOp>, Arm<OperationType::account_merge, MuxedAccount>,
            Arm<OperationType::manage_data, ManageDataOp>, Arm<OperationType::bump_sequence, BumpSequenceOp>,
            Arm<OperationType::manage_buy_offer, ManageBuyOfferOp>,
            Arm<OperationType::path_payment_strict_send, Box<PathPaymentStrictSendOp>>,
            Arm<OperationType::create_claimable_balance, CreateClaimableBalanceOp>,
            Arm<OperationType::claim_claimable_balance, ClaimClaimableBalanceOp>,
            Arm<OperationType::begin_sponsoring_future_reserves, BeginSponsoringFutureReservesOp>,
            Arm<OperationType::revoke_sponsorship, Box<RevokeSponsorshipOp>>, Arm<OperationType::clawback, ClawbackOp>,
            Arm<OperationType::clawback_claimable_balance, ClawbackClaimableBalanceOp>,
            Arm<OperationType::set_trust_line_flags, SetTrustLineFlagsOp>,
            Arm<OperationType::liquidity_pool_deposit, LiquidityPoolDepositOp>,
            Arm<OperationType::liquidity_pool_withdraw, LiquidityPoolWithdrawOp>,
            Arm<OperationType::invoke_host_function, Box<InvokeHostFunctionOp>>,
            Arm<OperationType::extend_footprint_ttl, ExtendFootprintTtlOp>,
            Arm<OperationType::restore_footprint, RestoreFootprintOp>> {
    PASSA_XDR_UNION(OperationBody)
};

struct Operation {
    std::optional<MuxedAccount> source_account;
    OperationBody body;
    PASSA_XDR(Operation, source_account, body)
};

PASSA_XDR_ENUM(MemoType, "MEMO_", none = 0, text = 1, id = 2, hash = 3, return_ = 4);

struct Memo : Union<MemoType, Void<MemoType::none>, Arm<MemoType::text, Text<28>>, Arm<MemoType::id, std::uint64_t>,
                    Arm<MemoType::hash, Hash>, Arm<MemoType::return_, Hash>> {
    PASSA_XDR_UNION(Memo)
};

PASSA_XDR_ENUM(PreconditionType, "PRECOND_", none = 0, time = 1, v2 = 2);

struct TimeBounds {
    TimePoint min_time{};
    TimePoint max_time{};
    PASSA_XDR(TimeBounds, min_time, max_time)
};

struct LedgerBounds {
    std::uint32_t min_ledger{};
    std::uint32_t max_ledger{};
    PASSA_XDR(LedgerBounds, min_ledger, max_ledger)
};

struct PreconditionsV2 {
    std::optional<TimeBounds> time_bounds;
    std::optional<LedgerBounds> ledger_bounds;
    std::optional<SequenceNumber> min_seq_num;
    std::uint64_t min_seq_age{};
    std::uint32_t min_seq_ledger_gap{};
    List<SignerKey, 2> extra_signers;
    PASSA_XDR(PreconditionsV2, time_bounds, ledger_bounds, min_seq_num, min_seq_age, min_seq_ledger_gap, extra_signers)
};

struct Preconditions : Union<PreconditionType, Void<PreconditionType::none>, Arm<PreconditionType::time, TimeBounds>,
                             Arm<PreconditionType::v2, PreconditionsV2>> {
    PASSA_XDR_UNION(Preconditions)
};

} // namespace passa::stellar::xdr
