// passa db verify: a backup is worth what restoring it shows.
#include "cli/db/archive_restore.hpp"
#include "cli/db/backup_key.hpp"
#include "cli/db/proof.hpp"
#include "cli/db/scratch.hpp"
#include "lib/db/restore.hpp"

namespace passa::cli::db_verify {

struct Args {
    std::filesystem::path file;
    std::optional<std::filesystem::path> scratch;
    bool keep_foreign = false;
    std::optional<std::string> signed_by;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace {

namespace fs = std::filesystem;

struct Stopped {}; // asked to, in the middle of a restore

ExitCode verify(Context& ctx, const Args& args) {
    const BackupWish wish{args.file, args.signed_by, args.passphrase_fd, args.passphrase_file};
    const bool is_archive = fs::is_directory(args.file);
    const auto parent = args.scratch.value_or(fs::temp_directory_path());
    const auto reader = is_archive ? nullptr : open_backup(ctx, wish);
    if (const auto gone = Scratch::clear_orphans(parent); gone > 0)
        ctx.note(fmt::format("{} scratch database{} of a passa db verify that was killed {} in {}: cleared", gone,
                             gone == 1 ? "" : "s", gone == 1 ? "was" : "were", parent.string()));
    Scratch scratch{parent};
    auto& cluster = scratch.cluster();
    const auto go_on = [&stop = ctx.stop()] {
        if (stop.requested()) throw Stopped{};
    };
    const auto restored =
        is_archive ? restore_archive(ctx, {wish, {}, go_on}, cluster) : ArchiveRestored{args.file, reader->header()};
    db::Database owner{{cluster.ensure_running(), "passa.verify", ""}};
    const auto read = [&](auto into) { return go_on(), reader->read(into); };
    if (reader)
        db::restore(owner, {read, reader->header().schema_version,
                            args.keep_foreign ? db::Foreign::keep : db::Foreign::refuse});
    const auto& header = restored.header;
    const auto proof = prove_books(owner.options().target, go_on);
    owner.forget_connection();
    return show_proof(ctx,
                      {{"file", restored.base.string()},
                       {"made_at", header.made_at},
                       {"made_by", header.made_by},
                       {"schema_version", header.schema_version},
                       {"key", header.key},
                       {"signed_by", header.signer},
                       {"segments", is_archive ? out::Value{restored.segments} : out::Value{nullptr}}},
                      proof);
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    auto& stop = ctx.stop(); // from here on a signal does not leave the books in the clear
    try {
        return verify(ctx, args);
    } catch (const Stopped&) {
        return stop.exit_code();
    }
}

extern const Command k_command = {
    .path = "db verify",
    .summary = "Prove a backup or an archive by restoring it into a scratch server",
    .details =
        "Starts a private server of its own in a temporary folder, restores the whole file, or a base copy and "
        "all of the log, into it, runs ledger "
        "check for every organizer, and removes it again. Killed, it leaves nothing: what it restored is removed "
        "right after it, or, after a power cut, by the next verify in that folder. The database in use is not "
        "touched, nor even needed.",
    .options = {positional("FILE", &Args::file, "A file of passa db backup, or the folder of passa db archive"),
                option("scratch", &Args::scratch, "FOLDER",
                       "Where the scratch database may stand; default: the temporary folder (TMPDIR)"),
                flag("keep-foreign", &Args::keep_foreign, "As of db restore"),
                option("signed-by", &Args::signed_by, "ACCOUNT", "Believe this account's signature, not this home's"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa db verify nightly.backup --passphrase-file pass.txt --json", "the restore drill of a timer"}},
    .exits = {{ExitCode::failed, "there can be no scratch database in that folder"},
              {ExitCode::terminated, "asked to stop: what was restored is gone"},
              {ExitCode::usage, "the file is no backup, was changed or cut, or brings foreign things"},
              {ExitCode::balance_gap, "the backup's books do not add up"},
              {ExitCode::configuration,
               "the key is not here, the passphrase is wrong, or the backup is of a newer passa"}},
    .run = runner(run),
};

} // namespace passa::cli::db_verify
