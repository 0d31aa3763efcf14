// What this binary is made of.
#pragma once
#include <string>

namespace passa::cli {
std::string version_text(bool verbose);
std::string code_version(); // what a record of work says that it was done by: 0.1.0 (1a2b3c4)
} // namespace passa::cli
