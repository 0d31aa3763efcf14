// Finds a Stellar secret seed in text, so that a manifest that holds one is refused before it is stored or shown.
#pragma once
#include <string_view>

namespace passa::manifest {
bool holds_secret_seed(std::string_view text); // any 56-character word S... with a valid checksum (SEP-23)
} // namespace passa::manifest
