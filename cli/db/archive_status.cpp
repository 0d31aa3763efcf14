// passa db archive status: could it be restored, and up to when?
#include "cli/db/archive.hpp"
#include "lib/db/recover.hpp"

namespace passa::cli::db_archive_status {

struct Args {};

namespace {

// Its last word was a failure, and the log piles up beside the data until it can be kept.
bool is_failing(const db::Archiver& archiver) {
    return archiver.failed_at && (!archiver.last_at || *archiver.failed_at > *archiver.last_at);
}

// Between two that are there, or at the end: what the server remembers to have kept.
std::optional<std::string> find_missing(const std::filesystem::path& folder, const std::string& first,
                                        const db::Archiver& archiver) {
    const auto missing = backup::find_log(folder, first, {}).missing;
    if (missing || !archiver.last || std::filesystem::exists(folder / "wal" / *archiver.last)) return missing;
    return archiver.last;
}

} // namespace

ExitCode run(Context& ctx, const Args&) {
    const auto plan = get_plan(ctx);
    const auto archiver = db::get_archiver(ctx.db_owner().connection());
    const auto copies = backup::find_base_copies(plan.folder);
    const bool failing = is_failing(archiver);
    const auto missing =
        failing || copies.empty() ? std::nullopt : find_missing(plan.folder, copies.back().segment, archiver);
    const auto or_null = [](const auto& value) { return value ? out::Value{*value} : out::Value{nullptr}; };
    ctx.show({{"folder", plan.folder.string()},
              {"key", plan.key},
              {"state", failing          ? "failing"
                        : copies.empty() ? "no_base"
                        : missing        ? "gap"
                                         : "good"},
              {"base_copies", static_cast<std::int64_t>(copies.size())},
              {"newest_base_at", copies.empty() ? out::Value{nullptr} : out::Value{copies.back().header.made_at}},
              {"last_segment", or_null(archiver.last)},
              {"last_segment_at", or_null(archiver.last_at)},
              {"missing_segment", or_null(missing)},
              {"failures", archiver.failed},
              {"failed_at", or_null(archiver.failed_at)}});
    if (!failing && !missing && !copies.empty()) return ExitCode::ok;
    throw Error{{Kind::failed, "db.archive_bad",
                 fmt::format("the archive would not restore everything: {}",
                             failing          ? "segments cannot be kept now, and pile up beside the data"
                             : copies.empty() ? "there is no base copy yet"
                                              : fmt::format("segment {} is missing", *missing)),
                 failing ? fmt::format("see {}", ctx.cluster().log_file().string())
                         : "make a base copy now: passa db archive base"}};
}

extern const Command k_command = {
    .path = "db archive status",
    .summary = "Show whether the archive would restore, and up to when",
    .details = "Looks at the folder and at what the server's archiver says. It opens nothing: passa db verify FOLDER "
               "restores all of it into a scratch server.",
    .examples = {{"passa db archive status --json", "for monitoring: exit 1 when it would not restore"}},
    .exits = {{ExitCode::failed, "a segment is missing, none can be kept, or there is no base copy"}},
    .run = runner(run),
};

} // namespace passa::cli::db_archive_status
