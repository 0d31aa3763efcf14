// passa db archive status: could it be restored, and up to when?
#include "cli/db/archive_state.hpp"

namespace passa::cli::db_archive_status {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const auto plan = get_plan(ctx);
    const auto [archiver, copies, missing, name, problem] = look_at_archive(ctx, plan);
    const auto or_null = [](const auto& value) { return value ? out::Value{*value} : out::Value{nullptr}; };
    ctx.show({{"folder", plan.folder.string()},
              {"key", plan.key},
              {"state", name},
              {"base_copies", static_cast<std::int64_t>(copies.size())},
              {"newest_base_at", copies.empty() ? out::Value{nullptr} : out::Value{copies.back().header.made_at}},
              {"last_segment", or_null(archiver.last)},
              {"last_segment_at", or_null(archiver.last_at)},
              {"waiting_segments", archiver.waiting},
              {"waiting_since", or_null(archiver.waiting_since)},
              {"missing_segment", or_null(missing)},
              {"failures", archiver.failed},
              {"failed_at", or_null(archiver.failed_at)}});
    if (problem.code.empty()) return ExitCode::ok;
    throw Error{problem};
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
