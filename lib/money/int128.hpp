// 128-bit integers, named once: strict C++20 has no standard name for them.
#pragma once
#include "lib/base/result.hpp"

#include <string>
#include <string_view>

namespace passa::money {

// __extension__ stands before declarations only, so these cannot be aliases by `using`.
__extension__ typedef __int128 Int128;           // NOLINT(modernize-use-using)
__extension__ typedef unsigned __int128 Uint128; // NOLINT(modernize-use-using)

std::string to_text(Int128 value);
Result<Int128> parse_int128(std::string_view digits); // optional '-', digits only; error money.integer

} // namespace passa::money
