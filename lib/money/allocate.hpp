// Splits a total over weights so that the parts add up to the total, to the unit.
//
// Largest remainder (Hamilton): every part gets its floor; the units left over go to the largest remainders, ties to
// the earlier weight, so a party list in a fixed order always splits the same way. A negative total mirrors the
// positive one: a reversal undoes its original unit by unit.
#pragma once
#include "lib/money/amount.hpp"

#include <span>
#include <vector>

namespace passa::money {

// Weights are any non-negative integers with a positive sum (parts per million, tickets, minor units). Products of
// total and weight may need more than 128 bits. Errors: money.no_weight when the sum is zero; money.overflow when the
// sum is too large.
Result<std::vector<Amount>> allocate(const Amount& total, std::span<const Int128> weights);

} // namespace passa::money
