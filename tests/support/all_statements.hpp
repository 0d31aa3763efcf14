// Every SQL statement of the house, in one list: a new module with sql/ adds its line in all_statements.cpp.
#pragma once
#include "lib/db/statement.hpp"

#include <vector>

namespace passa::test {
std::vector<db::Statement> all_statements();
} // namespace passa::test
