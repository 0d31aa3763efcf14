// Every file is proved before PostgreSQL sees it: the base copy by this home's signature, the log by the one that the
// base copy vouches for.
#include "cli/db/archive_restore.hpp"

#include "lib/backup/archive.hpp"
#include "lib/base/fault.hpp"
#include "lib/base/text.hpp"
#include "lib/db/recover.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli {
namespace {

// The newest that was begun before that moment.
backup::BaseCopy find_base(const std::filesystem::path& folder, const std::optional<Instant>& to) {
    const auto copies = backup::find_base_copies(folder);
    for (auto copy = copies.rbegin(); copy != copies.rend(); ++copy)
        if (!to || copy->header.made_at < *to) return *copy;
    throw Error{{Kind::not_found, "db.no_base",
                 fmt::format("{} holds no base copy{}", folder.string(),
                             copies.empty() ? "" : fmt::format(" from before {}", to_text(*to))),
                 "name the folder that passa db archive on was given, or a later moment"}};
}

// Behind a gap nothing can be replayed; up to it only what was asked for.
void refuse_gap(const backup::LogStretch& log, const std::optional<Instant>& to) {
    if (!log.missing || to) return;
    throw Error{{Kind::failed, "db.archive_gap", fmt::format("segment {} of the log is missing", *log.missing),
                 "bring it from another copy of the archive, or restore what was before it: --to-time"}};
}

} // namespace

ArchiveRestored restore_archive(Context& ctx, const ArchiveWish& wish, db::Cluster& into) {
    const auto copy = find_base(wish.copy.file, wish.to);
    backup::FileReader base{copy.file};
    base.prove(signer_of(ctx, wish.copy, base.header()));
    const auto seed = seed_of(ctx, wish.copy, base.header());
    base.unlock(seed);
    const backup::LogReader reader{stellar::parse_account(copy.log_signer).value_or_throw(), seed};
    ArchiveRestored restored{copy.file, base.header()};
    const auto bring_log = [&](const std::filesystem::path& data, const std::filesystem::path& log) {
        const auto stretch = backup::find_log(wish.copy.file, db::first_segment(data), data / "pg_wal");
        refuse_gap(stretch, wish.to);
        for (const auto& file : stretch.files) {
            fault_point("restore.segment");
            wish.go_on();
            backup::open_segment(reader, file, log);
            restored.last_segment = file.filename().string();
            ++restored.segments;
        }
    };
    const auto give = [&](std::span<std::uint8_t> some) { return wish.go_on(), base.read(some); };
    restored.last_commit = db::recover(into, {give, bring_log, wish.to, wish.go_on});
    return restored;
}

} // namespace passa::cli
