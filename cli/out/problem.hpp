// Errors as people and scripts read them: what happened, to which thing, why, and what to type next.
#pragma once
#include "cli/out/terminal.hpp"
#include "lib/base/error.hpp"

namespace passa::cli::out {

// What is wrong in the input itself is to be mended first; else the first problem decides.
ExitCode exit_code_of(const Problems& problems);
std::string problems_text(const Problems& problems, const Terminal& terminal);
std::string problems_json(const Problems& problems, ExitCode code); // one line: {"schema":"passa.error.v1", ...}

} // namespace passa::cli::out
