// Shapes of the types in types_payment_operations.hpp, types_account_operations.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_account_operations.hpp"
#include "lib/stellar/xdr/types_payment_operations.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(operation, OperationType, CreateAccountOp, PaymentOp, PathPaymentStrictReceiveOp,
                 PathPaymentStrictSendOp, ManageSellOfferOp, ManageBuyOfferOp, CreatePassiveSellOfferOp, SetOptionsOp,
                 ChangeTrustOp, AllowTrustOp, ManageDataOp, BumpSequenceOp, CreateClaimableBalanceOp,
                 ClaimClaimableBalanceOp, BeginSponsoringFutureReservesOp, RevokeSponsorshipType,
                 RevokeSponsorshipOpSigner, RevokeSponsorshipOp, ClawbackOp, ClawbackClaimableBalanceOp,
                 SetTrustLineFlagsOp, LiquidityPoolDepositOp, LiquidityPoolWithdrawOp);

} // namespace passa::stellar::xdr
