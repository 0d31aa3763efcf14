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

// `to`: nothing is as far as the log goes. Errors db.archive_gap, db.no_base, db.short_log, and those of open_backup.
ArchiveRestored restore_archive(Context& ctx, const BackupWish& wish, const std::optional<Instant>& to,
                                db::Cluster& into);

} // namespace passa::cli
