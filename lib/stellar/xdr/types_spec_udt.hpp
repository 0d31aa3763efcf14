// Types that a contract defines itself (SEP-48): structs, unions, enums, errors.
// Source: Stellar-contract-spec.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_spec_type.hpp"

namespace passa::stellar::xdr {

struct ScSpecUdtStructFieldV0 { // SCSpecUDTStructFieldV0
    Text<1024> doc;
    Text<30> name;
    ScSpecTypeDef type;
    PASSA_XDR(ScSpecUdtStructFieldV0, doc, name, type)
};

struct ScSpecUdtStructV0 { // SCSpecUDTStructV0
    Text<1024> doc;
    Text<80> lib;
    Text<60> name;
    List<ScSpecUdtStructFieldV0> fields;
    PASSA_XDR(ScSpecUdtStructV0, doc, lib, name, fields)
};

PASSA_XDR_ENUM(ScSpecUdtUnionCaseV0Kind, "SC_SPEC_UDT_UNION_CASE_", void_v0 = 0,
               tuple_v0 = 1); // SCSpecUDTUnionCaseV0Kind

struct ScSpecUdtUnionCaseVoidV0 { // SCSpecUDTUnionCaseVoidV0
    Text<1024> doc;
    Text<60> name;
    PASSA_XDR(ScSpecUdtUnionCaseVoidV0, doc, name)
};

struct ScSpecUdtUnionCaseTupleV0 { // SCSpecUDTUnionCaseTupleV0
    Text<1024> doc;
    Text<60> name;
    List<ScSpecTypeDef> type;
    PASSA_XDR(ScSpecUdtUnionCaseTupleV0, doc, name, type)
};

struct ScSpecUdtUnionCaseV0
    : Union<ScSpecUdtUnionCaseV0Kind, Void<>, Arm<ScSpecUdtUnionCaseV0Kind::void_v0, ScSpecUdtUnionCaseVoidV0>,
            Arm<ScSpecUdtUnionCaseV0Kind::tuple_v0, ScSpecUdtUnionCaseTupleV0>> { // SCSpecUDTUnionCaseV0
    PASSA_XDR_UNION(ScSpecUdtUnionCaseV0)
};

struct ScSpecUdtUnionV0 { // SCSpecUDTUnionV0
    Text<1024> doc;
    Text<80> lib;
    Text<60> name;
    List<ScSpecUdtUnionCaseV0> cases;
    PASSA_XDR(ScSpecUdtUnionV0, doc, lib, name, cases)
};

struct ScSpecUdtEnumCaseV0 { // SCSpecUDTEnumCaseV0
    Text<1024> doc;
    Text<60> name;
    std::uint32_t value{};
    PASSA_XDR(ScSpecUdtEnumCaseV0, doc, name, value)
};

struct ScSpecUdtEnumV0 { // SCSpecUDTEnumV0
    Text<1024> doc;
    Text<80> lib;
    Text<60> name;
    List<ScSpecUdtEnumCaseV0> cases;
    PASSA_XDR(ScSpecUdtEnumV0, doc, lib, name, cases)
};

struct ScSpecUdtErrorEnumCaseV0 { // SCSpecUDTErrorEnumCaseV0
    Text<1024> doc;
    Text<60> name;
    std::uint32_t value{};
    PASSA_XDR(ScSpecUdtErrorEnumCaseV0, doc, name, value)
};

struct ScSpecUdtErrorEnumV0 { // SCSpecUDTErrorEnumV0
    Text<1024> doc;
    Text<80> lib;
    Text<60> name;
    List<ScSpecUdtErrorEnumCaseV0> cases;
    PASSA_XDR(ScSpecUdtErrorEnumV0, doc, lib, name, cases)
};

} // namespace passa::stellar::xdr
