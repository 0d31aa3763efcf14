// Where a project keeps import profiles of its own.
#pragma once
#include <filesystem>

namespace passa::cli {
inline std::filesystem::path profile_folder() { return "templates/import"; } // of the project: the working folder
} // namespace passa::cli
