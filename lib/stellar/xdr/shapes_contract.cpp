// Shapes of the types in types_contract_value.hpp, types_contract_entries.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_contract_entries.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(contract, ScErrorType, ScErrorCode, ScError, ScAddressType, ScAddress, ContractExecutableType,
                 ContractExecutableExternalRef, ContractExecutable, ScValType, UInt128Parts, Int128Parts, UInt256Parts,
                 Int256Parts, ScMapEntry, ScContractInstance, ScNonceKey, ScVal, ContractDataDurability,
                 ContractDataEntry, ContractCodeCostInputs, ContractCodeEntryV1, ContractCodeEntryExt,
                 ContractCodeEntry, TtlEntry);

} // namespace passa::stellar::xdr
