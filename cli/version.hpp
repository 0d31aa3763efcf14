// What this binary is made of.
#pragma once
#include <string>

namespace passa::cli {
std::string version_text(bool verbose);
} // namespace passa::cli
