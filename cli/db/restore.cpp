// passa db restore: a backup becomes the database.
#include "cli/db/backup_key.hpp"
#include "cli/db/proof.hpp"
#include "lib/db/dump.hpp"

namespace passa::cli::db_restore {

struct Args {
    std::filesystem::path file;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto reader =
        open_backup(ctx, args.file, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
    db::restore(ctx.db_owner(), [&](std::span<std::uint8_t> into) { return reader->read(into); });
    static_cast<void>(ctx.db()); // of an older passa: brought up to date as any database, or refused
    ctx.note("what was paid after this backup is on the chain and not in these books: before anything is sent, passa "
             "asks for passa recon run of each treasury");
    return show_proof(ctx, {{"file", args.file.string()}, {"made_at", reader->header().made_at}},
                      prove_books(ctx.db_owner().options().target));
}

extern const Command k_command = {
    .path = "db restore",
    .summary = "Make a backup the database, if that is empty",
    .details =
        "Into a new home (PASSA_HOME) or an empty database (--db), in one transaction: interrupted, nothing of it is "
        "there. The key that the backup was sealed to must be in the keystore. Then every organizer's books are proved "
        "(ledger check). Payments that were sent after the backup are not in it: nothing is sent from a restored "
        "database "
        "until passa recon run has read each treasury's chain; what it finds is then held as breaks, and not paid "
        "again. A backup says what it holds, not who made it: compare its hash with what db backup printed when others "
        "may write where it lay.",
    .options = {positional("FILE", &Args::file, "A file that passa db backup wrote"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"PASSA_HOME=/srv/passa-new passa db restore nightly.backup", "beside the old one"}},
    .exits = {{ExitCode::failed, "the database is not empty, or the file cannot be read; nothing was restored"},
              {ExitCode::usage, "the file is no backup, was changed or cut; nothing was restored"},
              {ExitCode::balance_gap, "restored, but the books do not add up"},
              {ExitCode::configuration,
               "the key is not here, the passphrase is wrong, or the backup is of a newer passa"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_restore
