// Shapes of the types in types_account.hpp, types_ledger_entries.hpp, types_ledger.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_account.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(ledger, Signer, AccountFlags, AccountEntryExtensionV3, AccountEntryExtensionV2Ext,
                 AccountEntryExtensionV2, AccountEntryExtensionV1Ext, AccountEntryExtensionV1, AccountEntryExt,
                 AccountEntry, TrustLineFlags, TrustLineEntryExtensionV2Ext, TrustLineEntryExtensionV2,
                 TrustLineEntryV1Ext, TrustLineEntryV1, TrustLineEntryExt, TrustLineEntry, OfferEntryFlags,
                 OfferEntryExt, OfferEntry, DataEntryExt, DataEntry, ClaimPredicateType, ClaimPredicate, ClaimantType,
                 ClaimantV0, Claimant, ClaimableBalanceFlags, ClaimableBalanceEntryExtensionV1Ext,
                 ClaimableBalanceEntryExtensionV1, ClaimableBalanceEntryExt, ClaimableBalanceEntry,
                 LiquidityPoolEntryConstantProduct, LiquidityPoolEntryBody, LiquidityPoolEntry, LedgerEntryType,
                 LedgerEntryData, LedgerEntryExtensionV1Ext, LedgerEntryExtensionV1, LedgerEntryExt, LedgerEntry,
                 LedgerKeyAccount, LedgerKeyTrustLine, LedgerKeyOffer, LedgerKeyData, LedgerKeyClaimableBalance,
                 LedgerKeyLiquidityPool, LedgerKeyContractData, LedgerKeyContractCode, LedgerKeyConfigSetting,
                 LedgerKeyTtl, LedgerKey, EnvelopeType);

} // namespace passa::stellar::xdr
