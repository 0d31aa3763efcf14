// passa db restore: a backup becomes the database.
#include "lib/db/restore.hpp"

#include "cli/db/archive.hpp"
#include "cli/db/archive_restore.hpp"
#include "cli/db/backup_key.hpp"
#include "cli/db/proof.hpp"
#include "cli/db/restoring.hpp"
#include "lib/base/fault.hpp"
#include "lib/catalog/read.hpp"
#include "lib/recon/run.hpp"

namespace passa::cli::db_restore {

struct Args {
    std::filesystem::path file;
    std::optional<Instant> to_time;
    bool keep_foreign = false;
    std::optional<std::string> signed_by;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace {

constexpr std::string_view k_unread =
    "what was paid after this is on the chain and not in these books: before anything is sent, passa asks for passa "
    "recon run of each treasury, three minutes from now at the earliest: by then nothing of it is under way";

BackupWish wish_of(const Args& args) { return {args.file, args.signed_by, args.passphrase_fd, args.passphrase_file}; }

void note_place(Context& ctx) {
    for (const auto& organizer : db::transact(ctx.db(), {.read_only = true}, catalog::load_organizers))
        db::transact(ctx.db(), {organizer.id}, [&](db::Transaction& tx) { recon::note_home(tx, organizer.id); });
    ctx.note(k_unread);
}

// What failed leaves nothing of the books in the clear.
void clear_away(Context& ctx, db::Cluster& staging) {
    try {
        staging.stop();
    } catch (const Error& error) { // why it failed is what the caller wants to hear
        ctx.note(fmt::format("{}: {}", staging.folder().string(), error.first().message));
    }
    std::error_code gone;
    for (const auto& folder : {staging.folder(), ctx.home() / "restoring"})
        if (std::filesystem::remove_all(folder, gone); gone)
            ctx.note(fmt::format("{} stays, and holds books in the clear: {}", folder.string(), gone.message()));
}

ArchiveRestored bring_back(Context& ctx, const Args& args, db::Cluster& staging) {
    try {
        return restore_archive(ctx, {wish_of(args), args.to_time}, staging);
    } catch (...) { // rethrown
        clear_away(ctx, staging);
        throw;
    }
}

// Cut off between its last step and its end: whoever comes next may use the books.
Error came_to_its_end(Context& ctx) {
    return Error{{Kind::conflict, "db.not_empty",
                  fmt::format("the restore into {} that was cut off had come to its end: the books are there",
                              ctx.home().string()),
                  "prove them: passa ledger check; for other books, restore into a new home"}};
}

// Brought to its moment beside the home's own database, and put in its place when it is whole: killed at any point, the
// home has the books or none.
ExitCode restore_folder(Context& ctx, const Args& args) {
    require_private(ctx);
    auto& cluster = ctx.cluster();
    const Restoring restoring{ctx.home(), args.file};
    if (restoring.was_cut_off() && cluster.exists()) throw came_to_its_end(ctx);
    if (cluster.exists())
        throw Error{{Kind::conflict, "db.not_empty", fmt::format("{} holds a database", cluster.folder().string()),
                     "restore into a new one: PASSA_HOME=NEWFOLDER passa db restore FOLDER"}};
    restoring.begin(Restoring::Place::beside);
    const auto beside = ctx.home() / "restoring";
    db::Cluster staging{beside, Duration::zero()}; // NOLINT(misc-const-correctness): it is stopped, and filled
    staging.stop();                                // of one that was killed
    std::filesystem::remove_all(staging.folder());
    const auto restored = bring_back(ctx, args, staging);
    cluster.adopt(staging);
    fault_point("restore.adopted");
    std::filesystem::remove_all(staging.folder());
    std::filesystem::remove_all(beside);
    restoring.finish();
    note_place(ctx);
    ctx.note("it has no archive: passa db archive on, with a new folder");
    return show_proof(ctx,
                      {{"file", restored.base.string()},
                       {"made_at", restored.header.made_at},
                       {"segments", restored.segments},
                       {"last_segment", restored.last_segment},
                       {"last_commit_at", restored.last_commit}},
                      prove_books(ctx.db_owner().options().target));
}

std::vector<std::string> fill(Context& ctx, const Args& args, backup::FileReader& reader) {
    std::optional<Restoring> restoring;
    if (!ctx.db_server()) restoring.emplace(ctx.home(), args.file);
    if (restoring && !ctx.cluster().exists()) restoring->begin();
    db::Database owner{{ctx.db_server() ? *ctx.db_server() : ctx.cluster().ensure_running(), "passa.restore", ""}};
    db::Restore wish{[&](auto into) { return reader.read(into); }, reader.header().schema_version,
                     args.keep_foreign ? db::Foreign::keep : db::Foreign::refuse};
    if (restoring) wish.begin = [&] { restoring->begin(); };
    try {
        auto foreign = db::restore(owner, wish);
        fault_point("restore.kept");
        if (restoring) restoring->finish();
        return foreign;
    } catch (const Error& error) {
        if (error.first().code != "db.not_empty" || !restoring || !restoring->was_cut_off()) throw;
        throw came_to_its_end(ctx);
    }
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (std::filesystem::is_directory(args.file)) return restore_folder(ctx, args);
    if (args.to_time)
        throw Error{{Kind::usage, "db.no_moment", "a backup in one file is of one moment",
                     "leave out --to-time, or name the folder of an archive"}};
    const auto reader = open_backup(ctx, wish_of(args));
    const auto foreign = fill(ctx, args, *reader);
    for (const auto& line : foreign) ctx.note("kept, though passa did not make it: " + line);
    note_place(ctx); // of an older passa: brought up to date first as any database, or refused
    return show_proof(ctx,
                      {{"file", args.file.string()},
                       {"made_at", reader->header().made_at},
                       {"segments", nullptr},
                       {"last_segment", nullptr},
                       {"last_commit_at", nullptr}},
                      prove_books(ctx.db_owner().options().target));
}

extern const Command k_command = {
    .path = "db restore",
    .summary = "Make a backup or an archive the database, if that is empty",
    .details =
        "Into a new home (PASSA_HOME) or an empty database (--db), in one transaction: interrupted, nothing of it is "
        "there, and a home is refused to other commands until it is run again. PostgreSQL works with rights to that "
        "database alone meanwhile, and what it made is compared with what "
        "passa's migrations make before any of it is used: a backup with triggers or functions of somebody else is "
        "refused. The key that the backup was sealed to must be in the keystore. Of an archive's folder the newest "
        "base "
        "copy before --to-time is taken and the log replayed from there, every file proved before; that goes into a "
        "new home alone. Then every organizer's books are proved (ledger check). Payments that were sent after the "
        "backup are not in it: nothing is sent from a restored "
        "database "
        "until passa recon run has read each treasury's chain, three minutes later at the earliest; what it finds is "
        "then held as breaks, and not paid "
        "again. Only a backup that this home signed is believed (keys/home.seed, which comes with a copy of the "
        "keystore), or with --signed-by one of that account.",
    .options = {positional("FILE", &Args::file, "A file of passa db backup, or the folder of passa db archive"),
                option("to-time", &Args::to_time, "INSTANT",
                       "Of an archive: the books as they were then; else its end"),
                flag("keep-foreign", &Args::keep_foreign,
                     "Keep tables, views and functions beside passa's that you made there yourself"),
                option("signed-by", &Args::signed_by, "ACCOUNT", "Believe this account's signature, not this home's"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"PASSA_HOME=/srv/passa-new passa db restore nightly.backup", "beside the old one"},
                 {"passa db restore /srv/passa-archive --to-time 2026-11-22T09:59:00Z", "as it was at that moment"}},
    .exits = {{ExitCode::busy, "another restore is at work there"},
              {ExitCode::failed, "the database is not empty, or the file cannot be read; nothing was restored"},
              {ExitCode::usage,
               "the file is no backup, was changed or cut, or brings foreign things; nothing was restored"},
              {ExitCode::balance_gap, "restored, but the books do not add up"},
              {ExitCode::configuration,
               "the key is not here, the passphrase is wrong, or the backup is of a newer passa"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_restore
