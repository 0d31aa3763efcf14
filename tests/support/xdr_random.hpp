// Random values of any described XDR type, made from its Shape like everything else.
#pragma once
#include "lib/base/random.hpp"
#include "lib/stellar/xdr/shape.hpp"

namespace passa::test {

// Fills `value`. Lists stay short and recursion ends after a few levels.
void randomise(const stellar::xdr::Shape& shape, void* value, Random& random, int depth = 0);

} // namespace passa::test
