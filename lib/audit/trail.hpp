// Who did what and when: declared, imported, settled, approved, sent, closed. Read from the rows that each act left
// (migration 0012), so the trail has nothing of its own that could differ from them.
#pragma once
#include "lib/db/database.hpp"

#include <vector>

namespace passa::audit {

struct Act {
    Instant at;
    std::string actor;
    std::string action;
    std::string subject; // what people call it; an id as text where it has no name
    std::string details;
};

struct TrailFilter {
    std::optional<Instant> since;
    std::optional<std::string> actor;
    std::int64_t limit = 200; // of the newest
};

std::vector<Act> load_trail(db::Transaction& tx, OrganizerId organizer, const TrailFilter& filter); // oldest first

} // namespace passa::audit
