// passa db archive off: what is kept stays, nothing is added.
#include "cli/db/archive.hpp"

namespace passa::cli::db_archive_off {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const auto plan = get_plan(ctx);
    auto& cluster = ctx.cluster();
    cluster.stop(); // what is not kept yet is kept on the way
    cluster.set_own_settings("");
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
    .examples = {{"passa db archive off", "before another folder is taken"}},
    .exits = {{ExitCode::busy, "another passa is using the database"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_archive_off
