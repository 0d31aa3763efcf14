// Finds Stellar secret seeds in text: a manifest that holds one is refused before it is stored or shown, and a log line
// never carries one.
#pragma once
#include <string>
#include <string_view>

namespace passa {

bool holds_secret_seed(std::string_view text);           // any 56-character word S... with a valid checksum (SEP-23)
std::string without_secret_seeds(std::string_view text); // each one replaced by "S***"

} // namespace passa
