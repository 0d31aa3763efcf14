// Shapes of the types in types_results_payment.hpp, types_results_account.hpp, types_result.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_result.hpp"
#include "lib/stellar/xdr/types_results_account.hpp"
#include "lib/stellar/xdr/types_results_payment.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(result, CreateAccountResultCode, CreateAccountResult, PaymentResultCode, PaymentResult,
                 PathPaymentStrictReceiveResultCode, ClaimAtomType, ClaimOfferAtomV0, ClaimOfferAtom,
                 ClaimLiquidityAtom, ClaimAtom, SimplePaymentResult, PathPaymentStrictReceiveResultSuccess,
                 PathPaymentStrictReceiveResult, PathPaymentStrictSendResultCode, PathPaymentStrictSendResultSuccess,
                 PathPaymentStrictSendResult, ManageSellOfferResultCode, ManageOfferEffect,
                 ManageOfferSuccessResultOffer, ManageOfferSuccessResult, ManageSellOfferResult,
                 ManageBuyOfferResultCode, ManageBuyOfferResult, SetOptionsResultCode, SetOptionsResult,
                 ChangeTrustResultCode, ChangeTrustResult, AllowTrustResultCode, AllowTrustResult,
                 AccountMergeResultCode, AccountMergeResult, InflationResultCode, InflationPayout, InflationResult,
                 ManageDataResultCode, ManageDataResult, BumpSequenceResultCode, BumpSequenceResult,
                 CreateClaimableBalanceResultCode, CreateClaimableBalanceResult, ClaimClaimableBalanceResultCode,
                 ClaimClaimableBalanceResult, BeginSponsoringFutureReservesResultCode,
                 BeginSponsoringFutureReservesResult, EndSponsoringFutureReservesResultCode,
                 EndSponsoringFutureReservesResult, RevokeSponsorshipResultCode, RevokeSponsorshipResult,
                 ClawbackResultCode, ClawbackResult, ClawbackClaimableBalanceResultCode, ClawbackClaimableBalanceResult,
                 SetTrustLineFlagsResultCode, SetTrustLineFlagsResult, LiquidityPoolDepositResultCode,
                 LiquidityPoolDepositResult, LiquidityPoolWithdrawResultCode, LiquidityPoolWithdrawResult,
                 InvokeHostFunctionResultCode, InvokeHostFunctionResult, ExtendFootprintTtlResultCode,
                 ExtendFootprintTtlResult, RestoreFootprintResultCode, RestoreFootprintResult, OperationResultCode,
                 OperationResultTr, OperationResult, TransactionResultCode, InnerTransactionResultResult,
                 InnerTransactionResultExt, InnerTransactionResult, InnerTransactionResultPair, TransactionResultResult,
                 TransactionResultExt, TransactionResult);

} // namespace passa::stellar::xdr
