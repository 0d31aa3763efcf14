// Which objects name which: read from the specs themselves, so that deleting asks the same fields that applying does.
#pragma once
#include "lib/catalog/read.hpp"

namespace passa::catalog {

struct Mention {
    std::string kind;
    std::string name;
    std::string field; // "shares.party"
    bool archived = false;
};

// What the specs of other objects call it: its name, or the id of an asset.
std::string name_in_specs(const Object& object);

// Those of `objects` that name `wanted`.
std::vector<Mention> find_mentions(const std::vector<Object>& objects, const Object& wanted);

} // namespace passa::catalog
