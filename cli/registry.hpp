// The one list of commands.
#pragma once
#include "cli/spec/command.hpp"

#include <vector>

namespace passa::cli {
const std::vector<const Command*>& commands();
} // namespace passa::cli
