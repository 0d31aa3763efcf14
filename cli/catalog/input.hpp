// From files to checked manifests in their organizer's scope: what apply, diff and check share.
#pragma once
#include "lib/catalog/apply.hpp"

#include <filesystem>

namespace passa::cli {

class Context;

// Named as words and with -f alike. Error with every problem of every file.
std::vector<manifest::Manifest> load_manifests(std::vector<std::filesystem::path> files,
                                               const std::vector<std::filesystem::path>& more_files);

struct ApplyMode {
    bool overwrite_drift = false;
    bool keep_conflicts = false;
    bool rehearse = false; // roll back
};

// In one transaction.
std::vector<catalog::Applied> apply_in_scope(Context& ctx, const std::vector<manifest::Manifest>& manifests,
                                             const ApplyMode& mode);

} // namespace passa::cli
