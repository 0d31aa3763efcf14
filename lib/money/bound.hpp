// How large an amount in a file may be, so that no stored row can stand in a settlement's way.
//
// A settlement adds and subtracts at most four figures of each row (gross, tax, two fees) and multiplies such sums by
// rates in parts per million. With 22 digits a row that stays within 128 bits for a thousand million rows. Splitting
// over weights needs no bound of its own: allocate() makes its products exactly.
#pragma once
#include "lib/money/int128.hpp"

namespace passa::money {

inline constexpr int k_most_digits_of_a_row = 22; // of minor units: 10,000 units of an asset with 18 decimals
inline constexpr Int128 k_row_bound = static_cast<Int128>(100'000'000'000) * 100'000'000'000;

static_assert(k_row_bound < static_cast<Int128>(~Uint128{0} >> 1) / 1'000'000 / 4 / 1'000'000'000);

} // namespace passa::money
