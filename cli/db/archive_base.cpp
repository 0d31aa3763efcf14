// passa db archive base: a copy of the whole database's files, from which the log goes on.
#include "cli/db/archive.hpp"
#include "cli/db/backup_key.hpp"
#include "cli/version.hpp"
#include "lib/base/fault.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/recover.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::db_archive_base {

struct Args {
    std::optional<std::int64_t> keep;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto plan = get_plan(ctx);
    if (args.keep && *args.keep < 1)
        throw Error{{Kind::usage, "db.archive_keep", "at least one base copy is kept", "say --keep 2"}};
    const auto own = own_key(ctx);
    const auto now = ctx.clock().now();
    const auto schema = db::migration_status(ctx.db_owner()).applied;
    const auto segment = db::get_archiver(ctx.db_owner().connection()).segment;
    const auto place = plan.folder / fmt::format("base-{}.backup", time_stamp(now));
    backup::FileWriter file{place,
                            {now, code_version(), schema, plan.key, plan.account,
                             backup::base_holds(plan.signer, segment), stellar::format_account(own.public_key())},
                            stellar::parse_account(plan.account).value_or_throw(),
                            own};
    db::dump_base(ctx.cluster(), [&](ByteView bytes) {
        fault_point("archive.base");
        file.write(bytes);
    });
    if (!file.finish())
        throw Error{{Kind::conflict, "backup.exists", fmt::format("{} is there already", place.string()),
                     "two were made in the same second: that one will do"}};
    const auto gone = args.keep ? backup::prune(plan.folder, *args.keep) : 0;
    ctx.show({{"file", place.string()},
              {"bytes", static_cast<std::int64_t>(file.size())},
              {"segment", segment},
              {"made_at", now},
              {"pruned", gone}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db archive base",
    .summary = "Put a base copy of the private database into its archive",
    .details =
        "By pg_basebackup, while others work on; sealed to the archive's key and signed by this home. A restore needs "
        "one base copy and the log since: make one each day or week, from a timer. With --keep older ones go once the "
        "new one is on the disk, and the log that only they need.",
    .options = {option("keep", &Args::keep, "N", "Keep the newest N, and take away what only older ones need")},
    .examples = {{"passa db archive base --keep 2", "from a weekly timer"}},
    .exits = {{ExitCode::busy, "the database went away"}, {ExitCode::configuration, "pg_basebackup is not installed"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_archive_base
