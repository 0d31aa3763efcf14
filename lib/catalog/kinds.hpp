// Every kind of manifest there is: the one field table behind check, schema, explain and apply.
#pragma once
#include "lib/manifest/field.hpp"

#include <span>

namespace passa::catalog {
std::span<const manifest::ObjectKind> kinds();
const manifest::ObjectKind* find_kind(std::string_view name); // ignores case; null if there is none
} // namespace passa::catalog
