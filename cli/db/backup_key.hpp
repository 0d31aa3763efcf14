// The key that opens a backup, from the keystore.
#pragma once
#include "cli/context.hpp"
#include "lib/backup/file.hpp"

namespace passa::cli {

// Opens the file with the key that its header names. Errors backup.read, backup.format, backup.key, db.newer, key.*,
// crypto.*.
std::unique_ptr<backup::FileReader> open_backup(Context& ctx, const std::filesystem::path& file,
                                                const out::PassphraseSource& source);

} // namespace passa::cli
