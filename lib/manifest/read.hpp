// YAML text to documents, with everything refused that a money file must not contain: duplicate keys, anchors, aliases,
// merge keys, tags, tabs, bytes that are not UTF-8, and anything beyond the limits.
#pragma once
#include "lib/base/result.hpp"
#include "lib/manifest/node.hpp"

#include <filesystem>

namespace passa::manifest {

inline constexpr std::size_t k_most_bytes = 1 << 20;
inline constexpr int k_most_depth = 32;
inline constexpr int k_most_nodes = 50'000;

// Errors manifest.*, all of the file at once where the syntax allows.
Result<std::vector<Document>> read_text(std::string_view text, std::string name);

// A file, a folder (*.yaml and *.yml in it, recursively, by name) or "-" for standard input. What can be read of it;
// what is wrong with the rest is added to `problems`.
std::vector<Document> read_path(const std::filesystem::path& path, Problems& problems);

} // namespace passa::manifest
