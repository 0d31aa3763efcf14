// Taking a declared object away. What nothing ever depended on is deleted; what money or history hangs on is archived:
// its rows and versions stay, it is no longer shown or applied to. What something open still depends on stays.
#pragma once
#include "lib/catalog/spec.hpp"

namespace passa::catalog {

enum class Removal : std::uint8_t { deleted, archived };
std::string_view name(Removal removal);

struct Removed {
    Removal how = Removal::deleted;
    std::string why; // it was archived rather than deleted
};

struct RemoveInput {
    std::string kind;
    std::string name;
    std::string actor;
};

// Errors manifest.no_object; manifest.in_use once for everything that depends on it; organizer.stays.
Removed remove(Store& store, const RemoveInput& input);

} // namespace passa::catalog
