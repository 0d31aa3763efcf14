// Types in a contract's interface (SEP-48).
// Source: Stellar-contract-spec.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ScSpecType, "SC_SPEC_TYPE_", val = 0, bool_ = 1, void_ = 2, error = 3, u32 = 4, i32 = 5, u64 = 6,
               i64 = 7, timepoint = 8, duration = 9, u128 = 10, i128 = 11, u256 = 12, i256 = 13, bytes = 14,
               string = 16, symbol = 17, address = 19, muxed_address = 20, option = 1000, result = 1001, vec = 1002,
               map = 1004, tuple = 1005, bytes_n = 1006, udt = 2000); // SCSpecType

struct ScSpecTypeOption;
struct ScSpecTypeResult;
struct ScSpecTypeVec;
struct ScSpecTypeMap;
struct ScSpecTypeTuple;

struct ScSpecTypeBytesN { // SCSpecTypeBytesN
    std::uint32_t n{};
    PASSA_XDR(ScSpecTypeBytesN, n)
};

struct ScSpecTypeUdt { // SCSpecTypeUDT
    Text<60> name;
    PASSA_XDR(ScSpecTypeUdt, name)
};

struct ScSpecTypeDef
    : Union<ScSpecType, VoidRest, Arm<ScSpecType::option, Box<ScSpecTypeOption>>,
            Arm<ScSpecType::result, Box<ScSpecTypeResult>>, Arm<ScSpecType::vec, Box<ScSpecTypeVec>>,
            Arm<ScSpecType::map, Box<ScSpecTypeMap>>, Arm<ScSpecType::tuple, Box<ScSpecTypeTuple>>,
            Arm<ScSpecType::bytes_n, ScSpecTypeBytesN>, Arm<ScSpecType::udt, ScSpecTypeUdt>> { // SCSpecTypeDef
    PASSA_XDR_UNION(ScSpecTypeDef)
};

struct ScSpecTypeOption { // SCSpecTypeOption
    ScSpecTypeDef value_type;
    PASSA_XDR(ScSpecTypeOption, value_type)
};

struct ScSpecTypeResult { // SCSpecTypeResult
    ScSpecTypeDef ok_type;
    ScSpecTypeDef error_type;
    PASSA_XDR(ScSpecTypeResult, ok_type, error_type)
};

struct ScSpecTypeVec { // SCSpecTypeVec
    ScSpecTypeDef element_type;
    PASSA_XDR(ScSpecTypeVec, element_type)
};

struct ScSpecTypeMap { // SCSpecTypeMap
    ScSpecTypeDef key_type;
    ScSpecTypeDef value_type;
    PASSA_XDR(ScSpecTypeMap, key_type, value_type)
};

struct ScSpecTypeTuple { // SCSpecTypeTuple
    List<ScSpecTypeDef, 12> value_types;
    PASSA_XDR(ScSpecTypeTuple, value_types)
};

} // namespace passa::stellar::xdr
