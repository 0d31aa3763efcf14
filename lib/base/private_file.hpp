// A small file that holds a secret: only its owner may read it, and it goes straight into locked memory. What is
// checked is the open file, not the name.
#pragma once
#include "lib/base/secret.hpp"

#include <filesystem>
#include <string>
#include <variant>

namespace passa {

struct Unreadable {
    std::string why;
    std::string hint; // may be empty
};

std::variant<Secret, Unreadable> read_private_file(const std::filesystem::path& file);

} // namespace passa
