// XDR as people hand it over: base64 or hex, on the command line or standard input, with a limit.
#pragma once
#include "lib/base/bytes.hpp"

#include <string>

namespace passa::cli {
// Errors tx.too_large, tx.not_text.
Bytes read_xdr_text(const std::string& word);
} // namespace passa::cli
