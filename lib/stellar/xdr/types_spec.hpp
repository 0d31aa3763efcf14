// A contract's interface (SEP-48) and metadata (SEP-46), as stored in its Wasm.
// Source: Stellar-contract-spec.x, Stellar-contract-meta.x, Stellar-contract-env-meta.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_spec_type.hpp"
#include "lib/stellar/xdr/types_spec_udt.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ScSpecEntryKind, "SC_SPEC_ENTRY_", function_v0 = 0, udt_struct_v0 = 1, udt_union_v0 = 2, udt_enum_v0 = 3,
               udt_error_enum_v0 = 4, event_v0 = 5); // SCSpecEntryKind

struct ScSpecFunctionInputV0 { // SCSpecFunctionInputV0
    Text<1024> doc;
    Text<30> name;
    ScSpecTypeDef type;
    PASSA_XDR(ScSpecFunctionInputV0, doc, name, type)
};

struct ScSpecFunctionV0 { // SCSpecFunctionV0
    Text<1024> doc;
    ScSymbol name;
    List<ScSpecFunctionInputV0> inputs;
    List<ScSpecTypeDef, 1> outputs;
    PASSA_XDR(ScSpecFunctionV0, doc, name, inputs, outputs)
};

PASSA_XDR_ENUM(ScSpecEventParamLocationV0, "SC_SPEC_EVENT_PARAM_LOCATION_", data = 0,
               topic_list = 1); // SCSpecEventParamLocationV0

struct ScSpecEventParamV0 { // SCSpecEventParamV0
    Text<1024> doc;
    Text<30> name;
    ScSpecTypeDef type;
    ScSpecEventParamLocationV0 location{};
    PASSA_XDR(ScSpecEventParamV0, doc, name, type, location)
};

PASSA_XDR_ENUM(ScSpecEventDataFormat, "SC_SPEC_EVENT_DATA_FORMAT_", single_value = 0, vec = 1,
               map = 2); // SCSpecEventDataFormat

struct ScSpecEventV0 { // SCSpecEventV0
    Text<1024> doc;
    Text<80> lib;
    ScSymbol name;
    List<ScSymbol, 2> prefix_topics;
    List<ScSpecEventParamV0> params;
    ScSpecEventDataFormat data_format{};
    PASSA_XDR(ScSpecEventV0, doc, lib, name, prefix_topics, params, data_format)
};

struct ScSpecEntry
    : Union<ScSpecEntryKind, Void<>, Arm<ScSpecEntryKind::function_v0, ScSpecFunctionV0>,
            Arm<ScSpecEntryKind::udt_struct_v0, ScSpecUdtStructV0>,
            Arm<ScSpecEntryKind::udt_union_v0, ScSpecUdtUnionV0>, Arm<ScSpecEntryKind::udt_enum_v0, ScSpecUdtEnumV0>,
            Arm<ScSpecEntryKind::udt_error_enum_v0, ScSpecUdtErrorEnumV0>,
            Arm<ScSpecEntryKind::event_v0, ScSpecEventV0>> { // SCSpecEntry
    PASSA_XDR_UNION(ScSpecEntry)
};

PASSA_XDR_ENUM(ScMetaKind, "", sc_meta_v0 = 0); // SCMetaKind

struct ScMetaV0 { // SCMetaV0
    Text<> key;
    Text<> val;
    PASSA_XDR(ScMetaV0, key, val)
};

struct ScMetaEntry : Union<ScMetaKind, Void<>, Arm<ScMetaKind::sc_meta_v0, ScMetaV0>> { // SCMetaEntry
    PASSA_XDR_UNION(ScMetaEntry)
};

PASSA_XDR_ENUM(ScEnvMetaKind, "", sc_env_meta_kind_interface_version = 0); // SCEnvMetaKind

struct ScEnvMetaEntryInterfaceVersion { // SCEnvMetaEntryInterfaceVersion
    std::uint32_t protocol{};
    std::uint32_t pre_release{};
    PASSA_XDR(ScEnvMetaEntryInterfaceVersion, protocol, pre_release)
};

struct ScEnvMetaEntry
    : Union<ScEnvMetaKind, Void<>,
            Arm<ScEnvMetaKind::sc_env_meta_kind_interface_version, ScEnvMetaEntryInterfaceVersion>> { // SCEnvMetaEntry
    PASSA_XDR_UNION(ScEnvMetaEntry)
};

} // namespace passa::stellar::xdr
