// passa db status: where the database is, and whether it fits this binary.
#include "cli/context.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/server_facts.hpp"

namespace passa::cli::db_status {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    out::Record record;
    if (ctx.db_server()) {
        record.emplace_back("kind", "server");
        record.emplace_back("folder", nullptr);
        record.emplace_back("was_running", nullptr);
    } else {
        record.emplace_back("kind", "private");
        record.emplace_back("folder", ctx.cluster().folder().string());
        record.emplace_back("was_running", ctx.cluster().is_running());
    }
    const auto status = db::migration_status(ctx.db_owner());
    const auto facts = db::get_server_facts(ctx.db_owner());
    record.emplace_back("server", facts.version);
    record.emplace_back("bytes", facts.bytes);
    record.emplace_back("schema_version", status.applied);
    record.emplace_back("pending", static_cast<std::int64_t>(status.pending.size()));
    record.emplace_back("connect", ctx.db_server() ? out::Value{nullptr} : out::Value{ctx.cluster().connect_text()});
    ctx.show(record);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db status",
    .summary = "Show where the database is and whether it is up to date",
    .details = "Starts the private database when no server is named.",
    .examples = {{"passa db status --json", "the same for scripts"}},
    .exits = {{ExitCode::busy, "the database cannot be reached"},
              {ExitCode::configuration, "the database is newer than this binary, or its past was changed"}},
    .run = runner(run),
};

} // namespace passa::cli::db_status
