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

// Whose objects these are: named by an Organizer among them, by their metadata, or `chosen`. Error organizer.mixed.
std::optional<std::string> find_organizer_named(const std::vector<manifest::Declared>& objects,
                                                const std::optional<std::string>& chosen);
std::optional<OrganizerId> find_organizer(db::Transaction& tx, std::string_view name);

// Error with all problems of all objects; nothing may be kept then. An object that refers to one with problems is not
// blamed for them.
std::vector<Applied> apply(Store& store, const ApplyInput& input);

} // namespace passa::catalog
