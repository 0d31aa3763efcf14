// Where a project keeps import profiles of its own: beside its passa.yaml, from wherever below it passa is called;
// without a project file, in the working folder.
#pragma once
#include "lib/config/file.hpp"

#include <cstdlib>

namespace passa::cli {

inline std::filesystem::path profile_folder() {
    std::error_code gone; // a working folder that was deleted is no project
    const auto here = std::filesystem::current_path(gone);
    const char* home = std::getenv("HOME");
    const auto file =
        config::find_project_file(here, home == nullptr ? std::nullopt : std::optional<std::filesystem::path>{home});
    const std::filesystem::path folder = "templates/import";
    return !file || file->parent_path() == here ? folder
                                                : std::filesystem::proximate(file->parent_path(), here, gone) / folder;
}

} // namespace passa::cli
