// The field table of an import profile: validator, `sale profiles` and the documentation read it.
#pragma once
#include "lib/manifest/field.hpp"

namespace passa::sale {
const manifest::ObjectKind& import_profile_kind();
}
