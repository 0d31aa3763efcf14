// A server of somebody else is archived by its own tools.
#include "cli/db/archive.hpp"

#include "lib/base/text.hpp"

namespace passa::cli {

void require_private(Context& ctx) {
    if (!ctx.db_server()) return;
    throw Error{{Kind::usage, "db.not_private", "a server named by --db or PASSA_DB has an archive of its own",
                 "use its tools, such as pgBackRest or WAL-G; or unset PASSA_DB for the private database"}};
}

backup::ArchivePlan get_plan(Context& ctx) {
    require_private(ctx);
    if (auto plan = backup::find_plan(ctx.cluster().folder() / k_archive_plan)) return std::move(*plan);
    throw Error{{Kind::not_found, "db.no_archive", "the private database has no archive",
                 "begin one with: passa db archive on --key NAME --to FOLDER"}};
}

Error not_archiving(const backup::ArchivePlan& plan) {
    return Error{{Kind::failed, "db.archive_bad", "the server does not archive: turning it on or off was interrupted",
                  fmt::format("turn it on again: passa db archive on --key {} --to FOLDER", plan.key)}};
}

std::string time_stamp(Instant now) {
    auto stamp = to_text(now).substr(0, 19); // to the second
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    return stamp + "Z";
}

} // namespace passa::cli
