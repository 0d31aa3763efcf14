// The laws that one manifest can break by its own words alone: they need no database and no other file. `manifest
// check` holds files to them; applying holds the merged words to them as well.
#pragma once
#include "lib/manifest/field.hpp"

namespace passa::catalog {

Problems check_contract(const manifest::Manifest& manifest);
Problems check_notice_channel(const manifest::Manifest& manifest);
Problems check_rules(const manifest::Manifest& manifest); // well-formed by its field table

// Codes are compared in upper case, without blanks around them.
std::string normal_code(std::string_view code);

} // namespace passa::catalog
