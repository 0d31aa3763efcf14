// Settings in a file: where one is looked for, whether it may be trusted, and what it says.
#pragma once
#include "lib/base/result.hpp"
#include "lib/config/setting.hpp"

#include <filesystem>
#include <vector>

namespace passa::config {

inline constexpr std::string_view k_project_file = "passa.yaml";
inline constexpr std::size_t k_most_bytes = std::size_t{64} * 1024;

// The nearest passa.yaml in `from` or above it. The search ends at `home` (itself looked at) and where another file
// system begins.
std::optional<std::filesystem::path> find_project_file(const std::filesystem::path& from,
                                                       const std::optional<std::filesystem::path>& home);

struct Line {
    Key key;
    std::string value;
    std::string place; // file:line
};

struct File {
    std::filesystem::path path;
    std::vector<Line> lines;
    std::string ignored; // why nothing was read from it; empty: it was read
};

// All problems at once: config.syntax, config.unknown_key, config.value, config.secret, config.unreadable. A file that
// somebody else could have written is not read, and not an error.
Result<File> read_file(const std::filesystem::path& path);

} // namespace passa::config
