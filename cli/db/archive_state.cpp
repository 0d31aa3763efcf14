// What the server does counts, not what the plan says.
#include "cli/db/archive_state.hpp"

#include "lib/base/text.hpp"

namespace passa::cli {
namespace {

// Its last word was a failure, and the log piles up beside the data until it can be kept.
bool is_failing(const db::Archiver& archiver) {
    return archiver.failed_at && (!archiver.last_at || *archiver.failed_at > *archiver.last_at);
}

// Between two that are there, or at the end: what the server remembers to have kept.
std::optional<std::string> find_missing(const std::filesystem::path& folder, const std::string& first,
                                        const db::Archiver& archiver) {
    auto missing = backup::find_log(folder, first, {}).missing;
    if (missing || !archiver.last || std::filesystem::exists(folder / "wal" / *archiver.last)) return missing;
    return archiver.last;
}

void judge(ArchiveState& state, const backup::ArchivePlan& plan, const std::string& log) {
    const auto& archiver = state.archiver;
    const auto bad = [&](const char* name, std::string why, std::string hint) {
        state.name = name;
        state.problem =
            Problem{Kind::failed, "db.archive_bad",
                    fmt::format("the archive would not restore everything: {}", std::move(why)), std::move(hint)};
    };
    if (!archiver.is_on)
        state.name = "off", state.problem = not_archiving(plan).first();
    else if (is_failing(archiver))
        bad("failing", "segments cannot be kept now, and pile up beside the data", log);
    else if (archiver.is_behind) // killed or hanging, the command counts as no failure
        bad("behind",
            fmt::format("{} segments wait to be kept, since {}", archiver.waiting, to_text(*archiver.waiting_since)),
            log);
    else if (state.copies.empty())
        bad("no_base", "there is no base copy yet", "make one now: passa db archive base");
    else if (state.missing)
        bad("gap", fmt::format("segment {} is missing", *state.missing), "make a base copy now: passa db archive base");
}

} // namespace

ArchiveState look_at_archive(Context& ctx, const backup::ArchivePlan& plan) {
    ArchiveState state{db::get_archiver(ctx.db_owner().connection()), backup::find_base_copies(plan.folder), {}};
    if (!is_failing(state.archiver) && !state.copies.empty())
        state.missing = find_missing(plan.folder, state.copies.back().segment, state.archiver);
    judge(state, plan, fmt::format("see {}", ctx.cluster().log_file().string()));
    return state;
}

} // namespace passa::cli
