// Shapes of the types in types_basic.hpp, types_asset.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(basic, PublicKeyType, ClaimableBalanceIdType, AccountId, ClaimableBalanceId, PoolId, ContractId,
                 CryptoKeyType, SignerKeyType, SignerKeyEd25519SignedPayload, SignerKey, DecoratedSignature,
                 ExtensionPoint, MuxedAccountMed25519, MuxedAccount, MuxedEd25519Account, AssetCode4, AssetCode12,
                 AssetType, AlphaNum4, AlphaNum12, Asset, AssetCode, TrustLineAsset, LiquidityPoolType,
                 LiquidityPoolConstantProductParameters, LiquidityPoolParameters, ChangeTrustAsset, Price, Liabilities);

} // namespace passa::stellar::xdr
