// The database: reachable, migrated, and of the same time as we are.
#include "cli/context.hpp"
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

} // namespace passa::cli::doctor
