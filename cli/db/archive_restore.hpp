// Books from an archive's folder: its base copy and the log since, into a private cluster that has none yet.
#pragma once
#include "cli/db/backup_key.hpp"

namespace passa::cli {

struct ArchiveRestored {
    std::filesystem::path base;
    backup::Header header;
    std::int64_t segments = 0;
    std::string last_segment;
    std::optional<Instant> last_commit; // in the log; nothing: the books are as the base copy has them
};

struct ArchiveWish {
    BackupWish copy;                     // the folder
    std::optional<Instant> to;           // nothing: as far as the log goes
    std::function<void()> go_on = [] {}; // called all the way; what it throws ends it
};

// Errors db.archive_gap, db.no_base, db.short_log, and those of open_backup.
ArchiveRestored restore_archive(Context& ctx, const ArchiveWish& wish, db::Cluster& into);

} // namespace passa::cli
