// A proof as commands show it.
#pragma once
#include "cli/out/value.hpp"
#include "lib/proof/file.hpp"

namespace passa::cli {
out::Record proof_record(const proof::File& file);
} // namespace passa::cli
