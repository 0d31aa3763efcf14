// passa db migrate: bring the database to this binary's schema.
#include "lib/db/migrate.hpp"

#include "cli/context.hpp"

namespace passa::cli::db_migrate {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    auto& owner = ctx.db_owner();
    const auto list = ctx.globals().dry_run ? db::migration_status(owner).pending : db::migrate(owner);
    out::Records records;
    for (const auto& migration : list)
        records.push_back({{"version", migration.version}, {"name", migration.name}, {"sha256", migration.sha256}});
    ctx.list({{"version", "VERSION"}, {"name", "NAME"}}, records);
    ctx.note(ctx.globals().dry_run ? fmt::format("{} migrations would be applied", list.size())
             : list.empty()        ? std::string{"the database is up to date"}
                                   : fmt::format("applied {} migrations", list.size()));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db migrate",
    .summary = "Bring the database up to this binary's schema",
    .details =
        "Forward only, each file in a transaction of its own, under a lock. The private database is kept up to "
        "date without asking; a server named by --db only by this command. Its user must own the "
        "database and be a member of the role passa_app, or may create it (CREATEROLE): all work is done as that role, "
        "which owns nothing. All databases of one server share it; let nobody else there be its member.",
    .examples = {{"passa db migrate --dry-run", "what would be applied"},
                 {"passa db migrate --db postgresql://db.example/passa", "a server"}},
    .exits = {{ExitCode::busy, "the database cannot be reached"},
              {ExitCode::configuration,
               "the database is newer than this binary, its past was changed, or its user may not do it"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::db_migrate
