// The key that opens a backup, from the keystore, and the one that must have signed it.
#pragma once
#include "cli/context.hpp"
#include "lib/backup/file.hpp"
#include "lib/crypto/own_key.hpp"

namespace passa::cli {

// What every command that reads a backup takes.
struct BackupWish {
    std::filesystem::path file;
    std::optional<std::string> signed_by;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

crypto::KeyPair own_key(Context& ctx); // of this home, made at first use

// The account whose backups are believed: --signed-by, or this home's. Error backup.signer when it is not the file's.
crypto::PublicKey signer_of(Context& ctx, const BackupWish& wish, const backup::Header& header);
// The seed of the key that the header names. Errors backup.key, key.*.
Secret seed_of(Context& ctx, const BackupWish& wish, const backup::Header& header);

// Proves who wrote it, and opens it. Errors backup.read, backup.format, backup.signer, backup.signature, backup.key,
// db.newer, key.*, crypto.*.
std::unique_ptr<backup::FileReader> open_backup(Context& ctx, const BackupWish& wish);

} // namespace passa::cli
