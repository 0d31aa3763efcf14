// Where a project keeps import profiles of its own: beside its passa.yaml, from wherever below it passa is called;
// without a project file, in the working folder. What is started by a timer stands in no project: passa's own data
// folder then.
#pragma once
#include "cli/context.hpp"
#include "lib/config/file.hpp"

#include <cstdlib>

namespace passa::cli {

inline std::filesystem::path profile_folder(const Context& ctx) {
    std::error_code gone; // a working folder that was deleted is no project
    const auto here = std::filesystem::current_path(gone);
    const char* home = std::getenv("HOME");
    const auto file =
        config::find_project_file(here, home == nullptr ? std::nullopt : std::optional<std::filesystem::path>{home});
    const std::filesystem::path folder = "templates/import";
    const auto data = ctx.settings().find(config::Key::home);
    if (!file && data && !is_directory(folder, gone) && is_directory(std::filesystem::path{*data} / folder, gone))
        return std::filesystem::path{*data} / folder;
    return !file || file->parent_path() == here ? folder
                                                : std::filesystem::proximate(file->parent_path(), here, gone) / folder;
}

} // namespace passa::cli
