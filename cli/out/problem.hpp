// Errors as people and scripts read them: what happened, to which thing, why, and what to type next.
#pragma once
#include "cli/out/terminal.hpp"
#include "lib/base/error.hpp"

namespace passa::cli::out {

std::string problems_text(const Problems& problems, const Terminal& terminal);
std::string problems_json(const Problems& problems); // one line: {"schema":"passa.error.v1", ...}

} // namespace passa::cli::out
