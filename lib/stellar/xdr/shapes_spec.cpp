// Shapes of the types in types_spec_type.hpp, types_spec_udt.hpp, types_spec.hpp.
#include "lib/stellar/xdr/make_shape.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/topics.hpp"
#include "lib/stellar/xdr/types_spec.hpp"
#include "lib/stellar/xdr/types_spec_type.hpp"
#include "lib/stellar/xdr/types_spec_udt.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_SHAPES(spec, ScSpecType, ScSpecTypeOption, ScSpecTypeResult, ScSpecTypeVec, ScSpecTypeMap, ScSpecTypeTuple,
                 ScSpecTypeBytesN, ScSpecTypeUdt, ScSpecTypeDef, ScSpecUdtStructFieldV0, ScSpecUdtStructV0,
                 ScSpecUdtUnionCaseV0Kind, ScSpecUdtUnionCaseVoidV0, ScSpecUdtUnionCaseTupleV0, ScSpecUdtUnionCaseV0,
                 ScSpecUdtUnionV0, ScSpecUdtEnumCaseV0, ScSpecUdtEnumV0, ScSpecUdtErrorEnumCaseV0, ScSpecUdtErrorEnumV0,
                 ScSpecEntryKind, ScSpecFunctionInputV0, ScSpecFunctionV0, ScSpecEventParamLocationV0,
                 ScSpecEventParamV0, ScSpecEventDataFormat, ScSpecEventV0, ScSpecEntry, ScMetaKind, ScMetaV0,
                 ScMetaEntry, ScEnvMetaKind, ScEnvMetaEntryInterfaceVersion, ScEnvMetaEntry);

} // namespace passa::stellar::xdr
