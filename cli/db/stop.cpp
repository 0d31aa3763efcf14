// passa db stop: stop the private database now.
#include "cli/context.hpp"

namespace passa::cli::db_stop {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    if (ctx.db_server())
        throw Error{{Kind::usage, "db.not_private", "a server named by --db or PASSA_DB is not ours to stop",
                     "unset PASSA_DB to stop the private database"}};
    const bool stopped = ctx.cluster().stop();
    ctx.note(stopped ? "the private database is stopped" : "the private database was not running");
    if (ctx.is_for_tools()) ctx.show({{"stopped", stopped}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db stop",
    .summary = "Stop the private database",
    .details = "It stops by itself ten minutes after the last use. It is never stopped under a running passa.",
    .examples = {{"passa db stop", "leave nothing running"}},
    .exits = {{ExitCode::busy, "another passa is using it"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_stop
