// passa db archive base: a copy of the whole database's files, from which the log goes on.
#include "cli/db/archive.hpp"
#include "cli/db/copies.hpp"

namespace passa::cli::db_archive_base {

struct Args {
    std::optional<std::int64_t> keep;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto plan = get_plan(ctx);
    if (args.keep && *args.keep < 1)
        throw Error{{Kind::usage, "db.archive_keep", "at least one base copy is kept", "say --keep 2"}};
    const auto made = make_base(ctx);
    const auto gone = args.keep ? backup::prune(plan.folder, *args.keep) : 0;
    ctx.show({{"file", made.file.string()},
              {"bytes", static_cast<std::int64_t>(made.bytes)},
              {"segment", made.segment},
              {"made_at", made.made_at},
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
