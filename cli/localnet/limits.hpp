// Limits of a local network's own, in place of mainnet's: a file of its settings.
#pragma once
#include <filesystem>

namespace passa::cli::localnet {

// The file by its whole name, found to be a list of settings: JSON objects as SEP-51 writes a ConfigSettingEntry.
// Looked at before anything starts, by other code than the network's. Error localnet.limits.
std::filesystem::path read_limits(const std::filesystem::path& file);

} // namespace passa::cli::localnet
