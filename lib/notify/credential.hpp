// Secrets of channels: one file each, named by the manifest, never a path, so that what an organizer declares can name
// no file of the machine.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/secret.hpp"

#include <filesystem>
#include <vector>

namespace passa::notify {

// From the first of the folders that has it. Errors notice.no_credential, notice.credential (others can read it).
Result<Secret> read_credential(const std::vector<std::filesystem::path>& folders, const std::string& name);

// Without blanks around it and line breaks: a password, a URL.
std::string_view line_of(const Secret& secret);

} // namespace passa::notify
