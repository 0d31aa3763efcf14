// The laws of sale lines, for `ledger check` and the tests.
#pragma once
#include "lib/db/statement.hpp"

#include <span>

namespace passa::sale {
std::span<const db::Statement> statements();
} // namespace passa::sale
