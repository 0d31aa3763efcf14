// Whose rows a transaction may see, and how it is isolated. Row-level security holds the first in the database itself.
#pragma once
#include "lib/base/id.hpp"

#include <optional>
#include <string_view>

namespace passa {

struct OrganizerTag {
    static constexpr std::string_view prefix = "org";
};
using OrganizerId = Id<OrganizerTag>;

} // namespace passa

namespace passa::db {

enum class Isolation : std::uint8_t { read_committed, repeatable_read };

struct Scope {
    std::optional<OrganizerId> organizer = {};
    Isolation isolation = Isolation::read_committed;
    bool read_only = false;
    std::string_view what = "db.commit"; // fault points around its commit, WHAT.before and WHAT.after; empty: none
};

} // namespace passa::db
