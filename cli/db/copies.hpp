// Copies of the whole database, by whoever asks: the commands, and the job housekeeping.
#pragma once
#include "cli/context.hpp"
#include "lib/backup/file.hpp"
#include "lib/runner/declared.hpp"

namespace passa::cli {

struct BackupMade {
    std::filesystem::path file;
    std::uint64_t bytes = 0;
    Hash256 sha256{};
    backup::Header header;
};
// The whole database, sealed to a key, in one file: `out`, or in that folder one whose name is made of the time. Errors
// backup.exists, backup.nothing, backup.write, db.dump, key.*.
using Alive = std::function<void()>; // called as the bytes come: it may take long
BackupMade make_backup(
    Context& ctx, const std::string& key, const std::filesystem::path& out, const Alive& alive = [] {});

struct BaseMade {
    std::filesystem::path file;
    std::uint64_t bytes = 0;
    std::string segment;
    Instant made_at;
};
// Into the private database's archive. Errors db.not_private, db.no_archive, backup.exists, db.dump.
BaseMade make_base(
    Context& ctx, const Alive& alive = [] {});

// As a declaration of housekeeping says: in its folder, or in the archive.
std::optional<Instant> find_newest_copy(Context& ctx, const runner::Upkeep& upkeep);
runner::Counts make_copy(Context& ctx, const runner::Upkeep& upkeep,
                         const Alive& alive); // and takes away those that are too many

} // namespace passa::cli
