// A backup is a file of any name; those that are made without anybody to name them are called after the time, which is
// how they are found again.
#include "cli/db/copies.hpp"

#include "cli/db/archive.hpp"
#include "cli/db/backup_key.hpp"
#include "cli/version.hpp"
#include "lib/base/fault.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/db/dump.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/recover.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_before = "passa-";
constexpr std::string_view k_behind = ".backup";

// A name of its own for each in a folder: passa-20261122T031500Z.backup. A cron line cannot make one, % means a line's
// end.
fs::path place_of(const fs::path& out, Instant now) {
    std::error_code unreadable; // writing says so
    if (!fs::is_directory(out, unreadable)) return out;
    return out / fmt::format("{}{}{}", k_before, time_stamp(now), k_behind);
}

Error taken(const fs::path& place) {
    return Error{{Kind::conflict, "backup.exists", fmt::format("{} is there already", place.string()),
                  "backups are never overwritten: name another file, or a folder"}};
}

// Of this home, newest first. What bears such a name and is another's, or no backup, is not ours to count or take away.
std::vector<std::pair<Instant, fs::path>> find_backups(Context& ctx, const fs::path& folder) {
    const auto own = stellar::format_account(own_key(ctx).public_key());
    std::vector<std::pair<Instant, fs::path>> found;
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator{folder, unreadable}) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(k_before) || !name.ends_with(k_behind) || !entry.is_regular_file(unreadable)) continue;
        try {
            const auto header = backup::FileReader{entry.path()}.header();
            if (header.signer == own) found.emplace_back(header.made_at, entry.path());
        } catch (const Error& error) {
            if (error.first().code != "backup.format" && error.first().code != "backup.read") throw;
        }
    }
    std::sort(found.rbegin(), found.rend());
    return found;
}

// What was made just now stays, whatever the clocks of the others said.
std::int64_t prune_backups(Context& ctx, const fs::path& just_made, std::int64_t keep) {
    std::int64_t gone = 0;
    for (const auto& [made_at, file] : find_backups(ctx, just_made.parent_path()))
        if (file != just_made && --keep < 1) gone += backup::take_away(file) ? 1 : 0;
    return gone;
}

} // namespace

BackupMade make_backup(Context& ctx, const std::string& key, const fs::path& out, const Alive& alive) {
    const auto sealed_to = crypto::Keystore{ctx.home() / "keys"}.get(key);
    const auto account = stellar::parse_account(sealed_to.account).value_or_throw();
    const auto now = ctx.clock().now();
    const auto place = place_of(out, now);
    if (fs::exists(place)) throw taken(place);
    const auto schema = db::migration_status(ctx.db_owner()).applied;
    if (schema == 0)
        throw Error{{Kind::not_found, "backup.nothing", "the database holds nothing yet", "begin with: passa apply"}};
    const auto own = own_key(ctx);
    if (const auto cleared = clear_unfinished(place.has_parent_path() ? place.parent_path() : "."); cleared > 0)
        ctx.note(fmt::format("cleared files of killed backups in that folder: {}", cleared));
    BackupMade made{place,
                    0,
                    {},
                    {now, code_version(), schema, sealed_to.name, sealed_to.account, "database",
                     stellar::format_account(own.public_key())}};
    backup::FileWriter file{place, made.header, account, own};
    db::dump(ctx.db_owner().options().target, [&](ByteView bytes) {
        fault_point("backup.write");
        alive();
        file.write(bytes);
    });
    if (!file.finish()) throw taken(place);
    made.bytes = file.size();
    made.sha256 = file.sha256();
    return made;
}

BaseMade make_base(Context& ctx, const Alive& alive) {
    const auto plan = get_plan(ctx);
    const auto own = own_key(ctx);
    const auto now = ctx.clock().now();
    const auto schema = db::migration_status(ctx.db_owner()).applied;
    const auto archiver = db::get_archiver(ctx.db_owner().connection());
    if (!archiver.is_on) throw not_archiving(plan);
    const auto& segment = archiver.segment;
    for (const auto& folder : {plan.folder, plan.folder / "wal"}) clear_unfinished(folder);
    const auto place = plan.folder / fmt::format("base-{}.backup", time_stamp(now));
    backup::FileWriter file{place,
                            {now, code_version(), schema, plan.key, plan.account,
                             backup::base_holds(plan.signer, segment), stellar::format_account(own.public_key())},
                            stellar::parse_account(plan.account).value_or_throw(),
                            own};
    db::dump_base(ctx.cluster(), [&](ByteView bytes) {
        fault_point("archive.base");
        alive();
        file.write(bytes);
    });
    if (!file.finish())
        throw Error{{Kind::conflict, "backup.exists", fmt::format("{} is there already", place.string()),
                     "two were made in the same second: that one will do"}};
    return {place, file.size(), segment, now};
}

std::optional<Instant> find_newest_copy(Context& ctx, const runner::Upkeep& upkeep) {
    if (upkeep.folder) {
        const auto backups = find_backups(ctx, *upkeep.folder);
        return backups.empty() ? std::nullopt : std::optional{backups.front().first};
    }
    const auto plan = ctx.db_server() ? std::nullopt : backup::find_plan(ctx.cluster().folder() / k_archive_plan);
    if (!plan) return std::nullopt; // make_copy says what is wrong
    const auto copies = backup::find_base_copies(plan->folder);
    return copies.empty() ? std::nullopt : std::optional{copies.back().header.made_at};
}

runner::Counts make_copy(Context& ctx, const runner::Upkeep& upkeep, const Alive& alive) {
    std::int64_t gone = 0;
    if (upkeep.folder) {
        std::error_code unreadable;
        if (!fs::is_directory(*upkeep.folder, unreadable))
            throw Error{{Kind::configuration, "job.copy_folder", fmt::format("{} is no folder", *upkeep.folder),
                         "make it, or mend copyTo in the Job"}};
        const auto made = make_backup(ctx, upkeep.key, *upkeep.folder, alive);
        if (upkeep.copies) gone = prune_backups(ctx, made.file, *upkeep.copies);
    } else {
        make_base(ctx, alive);
        if (upkeep.copies) gone = backup::prune(get_plan(ctx).folder, *upkeep.copies);
    }
    return {{"copies", 1}, {"copies_cleared", gone}};
}

} // namespace passa::cli
