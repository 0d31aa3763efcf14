// Shapes of the types in types_authorization.hpp, types_soroban_data.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_authorization.hpp"
#include "lib/stellar/xdr/types_soroban_data.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(soroban, HostFunctionType, InvokeContractArgs, ContractIdPreimageType, ContractIdPreimageFromAddress,
                 ContractIdPreimage, CreateContractArgs, CreateContractArgsV2, HostFunction, SorobanCredentialsType,
                 SorobanAddressCredentials, SorobanDelegateSignature, SorobanAddressCredentialsWithDelegates,
                 SorobanCredentials, SorobanAuthorizedFunctionType, SorobanAuthorizedFunction,
                 SorobanAuthorizedInvocation, SorobanAuthorizationEntry, InvokeHostFunctionOp, ExtendFootprintTtlOp,
                 RestoreFootprintOp, SorobanResourcesExtV0, SorobanTransactionDataExt, LedgerFootprint,
                 SorobanResources, SorobanTransactionData);

} // namespace passa::stellar::xdr
