// Declared objects as they stand.
#pragma once
#include "lib/base/id.hpp"
#include "lib/db/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::catalog {

struct Object {
    std::string kind;
    std::string name;
    IdBytes id{};
    std::int64_t generation = 0;
    std::string spec; // canonical JSON
    std::string changed_by;
    Instant changed_at;
    bool archived = false;
    bool drifted = false; // differs from what was last applied
};

std::vector<Object> load_objects(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& kind,
                                 const std::optional<std::string>& name);

struct OrganizerName {
    OrganizerId id;
    std::string name;
};
std::vector<OrganizerName> load_organizers(db::Transaction& tx); // by name, at most 1000

// Of all organizers: in a session of the database's owner.
std::vector<std::string> load_treasury_accounts(db::Transaction& tx);

} // namespace passa::catalog
