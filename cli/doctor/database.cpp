// The database: reachable, migrated, of the same time as we are, and archived where that was asked for.
#include "cli/context.hpp"
#include "cli/db/archive_state.hpp"
#include "cli/doctor/finding.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/server_facts.hpp"

#include <chrono>

namespace passa::cli::doctor {

Finding check_database(Context& ctx) {
    return look("database", [&] {
        const auto status = db::migration_status(ctx.db_owner());
        if (ctx.db_server() && !status.pending.empty())
            throw Error{{Kind::configuration, "db.not_migrated",
                         fmt::format("{} migrations are pending", status.pending.size()), "run: passa db migrate"}};
        return fmt::format("reachable, schema version {}",
                           status.pending.empty() ? status.applied : static_cast<int>(db::migrations().size()));
    });
}

Finding check_database_clock(Context& ctx) {
    return look("clock", [&] {
        const auto theirs = db::get_server_facts(ctx.db_owner()).clock;
        const auto off = std::chrono::duration_cast<std::chrono::seconds>(theirs - ctx.clock().now());
        if (std::chrono::abs(off) > std::chrono::seconds{5})
            throw Error{{Kind::configuration, "config.clock",
                         fmt::format("this machine's clock and the database's differ by {} s", off.count()),
                         "set the clock, for example with systemd-timesyncd"}};
        return fmt::format("within 5 s of the database's ({})",
                           to_text(std::chrono::floor<std::chrono::seconds>(theirs)));
    });
}

// That there is none is no fault; that one is declared and would not restore is.
Finding check_archive(Context& ctx) {
    return look("archive", [&]() -> std::string {
        if (ctx.db_server()) return "of a server that was named: its own tools archive it";
        const auto plan = backup::find_plan(ctx.cluster().folder() / k_archive_plan);
        if (!plan) return "none: what is newer than the last backup is lost with this machine";
        const auto state = look_at_archive(ctx, *plan);
        if (!state.problem.code.empty()) throw Error{state.problem};
        return fmt::format("{} base copies in {}", state.copies.size(), plan->folder.string());
    });
}

} // namespace passa::cli::doctor
