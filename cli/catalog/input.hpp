// From files to checked manifests in their organizer's scope: what apply, diff and check share.
#pragma once
#include "lib/catalog/apply.hpp"

#include <filesystem>

namespace passa::cli {

class Context;

struct ManifestSet {
    std::vector<manifest::Manifest> manifests; // the well-formed ones
    std::vector<manifest::Declared> malformed;
    bool unread = false; // a file could not be read as YAML: nobody knows what it declares
    Problems problems;   // of all files, by their words alone
};

// Named as words and with -f alike.
ManifestSet load_manifests(std::vector<std::filesystem::path> files,
                           const std::vector<std::filesystem::path>& more_files);

struct ApplyMode {
    bool overwrite_drift = false;
    bool keep_conflicts = false;
    bool rehearse = false; // roll back
};

// In one transaction. Error with every problem of every file, of its words and of what stands, and nothing applied.
std::vector<catalog::Applied> apply_in_scope(Context& ctx, const ManifestSet& set, const ApplyMode& mode);

} // namespace passa::cli
