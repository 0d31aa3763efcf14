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

struct State {
    const char* name;
    Problem problem = {};
};

State judge(const db::Archiver& archiver, bool has_base, const std::optional<std::string>& missing,
            const std::string& log) {
    const auto bad = [](std::string why, std::string hint) {
        return Problem{Kind::failed, "db.archive_bad",
                       fmt::format("the archive would not restore everything: {}", std::move(why)), std::move(hint)};
    };
    if (is_failing(archiver)) return {"failing", bad("segments cannot be kept now, and pile up beside the data", log)};
    if (archiver.is_behind) // killed or hanging, the command counts as no failure
        return {"behind", bad(fmt::format("{} segments wait to be kept, since {}", archiver.waiting,
                                          to_text(*archiver.waiting_since)),
                              log)};
    if (!has_base) return {"no_base", bad("there is no base copy yet", "make one now: passa db archive base")};
    if (missing)
        return {"gap",
                bad(fmt::format("segment {} is missing", *missing), "make a base copy now: passa db archive base")};
    return {"good"};
}

} // namespace

ExitCode run(Context& ctx, const Args&) {
    const auto plan = get_plan(ctx);
    const auto archiver = db::get_archiver(ctx.db_owner().connection());
    const auto copies = backup::find_base_copies(plan.folder);
    const auto missing = is_failing(archiver) || copies.empty()
                             ? std::nullopt
                             : find_missing(plan.folder, copies.back().segment, archiver);
    const auto state = archiver.is_on ? judge(archiver, !copies.empty(), missing,
                                              fmt::format("see {}", ctx.cluster().log_file().string()))
                                      : State{"off", not_archiving(plan).first()};
    const auto or_null = [](const auto& value) { return value ? out::Value{*value} : out::Value{nullptr}; };
    ctx.show({{"folder", plan.folder.string()},
              {"key", plan.key},
              {"state", state.name},
              {"base_copies", static_cast<std::int64_t>(copies.size())},
              {"newest_base_at", copies.empty() ? out::Value{nullptr} : out::Value{copies.back().header.made_at}},
              {"last_segment", or_null(archiver.last)},
              {"last_segment_at", or_null(archiver.last_at)},
              {"waiting_segments", archiver.waiting},
              {"waiting_since", or_null(archiver.waiting_since)},
              {"missing_segment", or_null(missing)},
              {"failures", archiver.failed},
              {"failed_at", or_null(archiver.failed_at)}});
    if (state.problem.code.empty()) return ExitCode::ok;
    throw Error{state.problem};
}

extern const Command k_command = {
    .path = "db archive status",
    .summary = "Show whether the archive would restore, and up to when",
    .details = "Looks at the folder and at what the server's archiver says. It opens nothing: passa db verify FOLDER "
               "restores all of it into a scratch server.",
    .examples = {{"passa db archive status --json", "for monitoring: exit 1 when it would not restore"}},
    .exits = {{ExitCode::failed, "a segment is missing or waits for long, none can be kept, or there is no base copy"}},
    .run = runner(run),
};

} // namespace passa::cli::db_archive_status
