// passa db archive keep: what PostgreSQL runs for each finished segment of its log. Hidden: nobody types it.
#include "cli/db/archive.hpp"
#include "cli/version.hpp"
#include "lib/crypto/own_key.hpp"
#include "lib/db/recover.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::db_archive_keep {

struct Args {
    std::optional<std::filesystem::path> segment;
};

// In the server's data folder, as its user, with nothing in its environment. Its plan lies beside.
ExitCode run(Context& ctx, const Args& args) {
    const auto beside = std::filesystem::current_path().parent_path();
    const auto base = args.segment ? beside : std::filesystem::current_path(); // without one it is tried from there
    const auto plan = backup::find_plan(base / k_archive_plan);
    const auto signer = crypto::find_own_key(base / k_archive_seed);
    if (!plan || !signer)
        throw Error{{Kind::not_found, "db.no_archive", "there is no plan of an archive here",
                     "begin one with: passa db archive on --key NAME --to FOLDER"}};
    if (const auto data = args.segment ? std::filesystem::current_path() : base / "data";
        db::serial_of(data) != plan->data)
        throw Error{{Kind::conflict, "db.archive_copy",
                     fmt::format("{} is a copy of the database that the archive is of", data.string()),
                     "passa db archive off --force; then turn it on with a folder of its own"}};
    const backup::Archivist archivist{*plan, *signer, stellar::parse_account(plan->account).value_or_throw(),
                                      code_version()};
    if (args.segment) return backup::keep_segment(archivist, *args.segment, ctx.clock().now()), ExitCode::ok;
    const FreshFile trial{plan->folder / "wal" / "trial"}; // gone again
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db archive keep",
    .summary = "Keep a finished segment of the write-ahead log",
    .details = "Run by PostgreSQL, see archive_command. The segment is on the disk, sealed and signed, when it ends; "
               "one that is there is never overwritten.",
    .options = {positional("SEGMENT", &Args::segment, "The segment; without it only whether one could be kept")},
    .examples = {{"passa db archive keep pg_wal/000000010000000000000003", "as PostgreSQL runs it"}},
    .effect = Effect::writes,
    .hidden = true,
    .run = runner(run),
};

} // namespace passa::cli::db_archive_keep
