// A kind of manifest as typed on a command line.
#pragma once
#include "lib/manifest/field.hpp"

namespace passa::cli {
const manifest::ObjectKind& kind_named(const std::string& wanted); // ignores case. Error manifest.unknown_kind
} // namespace passa::cli
