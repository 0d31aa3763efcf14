// From SQLSTATE to a Problem: the one mapping. 40001 and 40P01 are told apart by their code db.retry.
#pragma once
#include "lib/base/error.hpp"

#include <string_view>

namespace passa::db {

Problem problem_for(std::string_view sqlstate, std::string_view server_message, std::string_view statement);

} // namespace passa::db
