// Headers that providers ask for, with secret values, from a file that only its owner can read. One a line:
//   rpc.example.org Authorization: Bearer ...
// The host comes first, so that a key never travels to another provider.
#pragma once
#include "lib/http/poster.hpp"

#include <filesystem>

namespace passa::http {
// Errors http.header_file (cannot be read, others can read it, not ours), http.header (a line that is none).
std::vector<SecretHeader> load_headers(const std::filesystem::path& file);
} // namespace passa::http
