// Shapes of the types in types_operation.hpp, types_transaction.hpp, types_hash_preimage.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_hash_preimage.hpp"
#include "lib/stellar/xdr/types_operation.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(transaction, OperationBody, Operation, MemoType, Memo, PreconditionType, TimeBounds, LedgerBounds,
                 PreconditionsV2, Preconditions, TransactionExt, Transaction, TransactionV0Ext, TransactionV0,
                 TransactionV0Envelope, TransactionV1Envelope, FeeBumpTransactionInnerTx, FeeBumpTransactionExt,
                 FeeBumpTransaction, FeeBumpTransactionEnvelope, TransactionEnvelope,
                 TransactionSignaturePayloadTaggedTransaction, TransactionSignaturePayload, HashIdPreimageOperationId,
                 HashIdPreimageRevokeId, HashIdPreimageContractId, HashIdPreimageSorobanAuthorization,
                 HashIdPreimageSorobanAuthorizationWithAddress, HashIdPreimage);

} // namespace passa::stellar::xdr
