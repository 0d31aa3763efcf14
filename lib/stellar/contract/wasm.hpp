// What the Wasm module of a contract carries beside its code: custom sections. The code itself is nobody's business
// here.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/result.hpp"

#include <string_view>

namespace passa::stellar::contract {

// The contents of all custom sections of that name, one behind the other: several are read as one (SEP-46). Empty when
// there is none. Error contract.wasm: no module of version 1, or cut off; the place is a byte.
Result<Bytes> read_sections(ByteView wasm, std::string_view name);

} // namespace passa::stellar::contract
