// Applying manifests: everything in one transaction, object by object, each created, changed or unchanged. Money rules
// become versions. A field that something else changed since it was last applied has drifted, and is not overwritten
// unasked (merge.hpp).
#pragma once
#include "lib/catalog/merge.hpp"
#include "lib/catalog/spec.hpp"

namespace passa::catalog {

enum class Change : std::uint8_t { created, changed, unchanged };
std::string_view name(Change change);

struct Applied {
    std::string kind;
    std::string name;
    Change change = Change::unchanged;
    std::vector<FieldDifference> changes;
    std::vector<FieldDifference> conflicts; // only when keep_conflicts
};

struct ApplyInput {
    std::vector<manifest::Manifest> manifests; // checked, in order
    std::string actor;
    bool overwrite_drift = false;
    bool keep_conflicts = false; // report them instead of refusing: for showing, in a transaction that is rolled back
};

// Whose manifests these are: named by an Organizer among them, by their metadata, or `chosen`. Errors organizer.which,
// organizer.mixed.
std::string organizer_of(const std::vector<manifest::Manifest>& manifests, const std::optional<std::string>& chosen);
std::optional<OrganizerId> find_organizer(db::Transaction& tx, std::string_view name);

// Error with all problems of all objects; nothing is written then.
std::vector<Applied> apply(Store& store, const ApplyInput& input);

} // namespace passa::catalog
