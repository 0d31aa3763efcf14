// passa db archive off: what is kept stays, nothing is added.
#include "cli/db/archive.hpp"
#include "lib/base/fault.hpp"
#include "lib/db/recover.hpp"

namespace passa::cli::db_archive_off {

struct Args {
    bool force = false;
};

namespace {

// Without its end the archive restores to an earlier moment than the books stand at.
void require_kept(const db::Cluster& cluster) {
    const auto unkept = db::find_unkept(cluster.folder() / "data");
    if (unkept.empty()) return;
    throw Error{
        {Kind::failed, "db.archive_bad",
         fmt::format("the end of the log could not be kept, from {} on", unkept.front()),
         fmt::format("mend what {} says and run it again, or give them up: --force", cluster.log_file().string())}};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto plan = get_plan(ctx);
    auto& cluster = ctx.cluster();
    cluster.ensure_running();
    cluster.stop(); // what is not kept yet is kept on the way
    if (!args.force) require_kept(cluster);
    cluster.set_own_settings("");
    fault_point("archive.off");
    std::filesystem::remove(cluster.folder() / k_archive_plan);
    std::filesystem::remove(cluster.folder() / k_archive_seed);
    ctx.note("what is in the archive stays there");
    ctx.show({{"folder", plan.folder.string()}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db archive off",
    .summary = "Keep the write-ahead log no longer",
    .details = "Stops the private database, which keeps the end of its log on the way. The archive's files stay.",
    .options = {flag("force", &Args::force, "Even when the end of the log cannot be kept")},
    .examples = {{"passa db archive off", "before another folder is taken"}},
    .exits = {{ExitCode::failed, "the end of the log could not be kept"},
              {ExitCode::busy, "another passa is using the database"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_archive_off
