// Shapes of the types in types_events.hpp, types_meta.hpp, types_header.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_events.hpp"
#include "lib/stellar/xdr/types_header.hpp"
#include "lib/stellar/xdr/types_meta.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(meta, ContractEventType, ContractEventV0, ContractEventBody, ContractEvent, DiagnosticEvent,
                 TransactionEventStage, TransactionEvent, LedgerEntryChangeType, LedgerEntryChange, OperationMeta,
                 TransactionMetaV1, TransactionMetaV2, SorobanTransactionMetaExtV1, SorobanTransactionMetaExt,
                 SorobanTransactionMeta, TransactionMetaV3, OperationMetaV2, SorobanTransactionMetaV2,
                 TransactionMetaV4, TransactionMeta, InvokeHostFunctionSuccessPreImage, TransactionResultPair,
                 StellarValueType, LedgerCloseValueSignature, StellarValueProposedValue, StellarValueExt, StellarValue,
                 LedgerHeaderExtensionV1Ext, LedgerHeaderExtensionV1, LedgerHeaderExt, LedgerHeader,
                 LedgerHeaderHistoryEntryExt, LedgerHeaderHistoryEntry);

} // namespace passa::stellar::xdr
