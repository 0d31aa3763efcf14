// The settlement's own laws, for `ledger check` and the tests.
#pragma once
#include "lib/db/statement.hpp"

#include <span>

namespace passa::settle {
std::span<const db::Statement> statements();
} // namespace passa::settle
