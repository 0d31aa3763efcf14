// passa db backup: the whole database, sealed to a key, in one file.
#include "cli/db/copies.hpp"

namespace passa::cli::db_backup {

struct Args {
    std::string key;
    std::filesystem::path out;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto made = make_backup(ctx, args.key, args.out);
    ctx.show({{"file", made.file.string()},
              {"bytes", static_cast<std::int64_t>(made.bytes)},
              {"sha256", to_hex(made.sha256)},
              {"key", made.header.key},
              {"signed_by", made.header.signer},
              {"schema_version", made.header.schema_version},
              {"made_at", made.header.made_at}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db backup",
    .summary = "Write the whole database to one sealed file",
    .details =
        "A snapshot of one moment, by pg_dump, while others work on; sealed to a key of the keystore, of which only "
        "the public side is needed: a timer can run it without a passphrase, and who takes the machine cannot read "
        "older backups. This home signs it, so that nobody who may write where it lies can put another in its place. "
        "The "
        "file is on the disk, whole, before the command ends, and is never overwritten. Keys are not in it: keep a "
        "copy of the keystore's folder; its .key files are sealed under their passphrases, and home.seed, which signs, "
        "pays nothing.",
    .options = {option("key", &Args::key, "NAME", "Seal it to this key"),
                option("out", &Args::out, "FILE", "The file to write; in a folder, a name made of the time")},
    .examples = {{"passa db backup --key backup --out /var/backups/passa", "a file of its own each time"}},
    .exits = {{ExitCode::failed, "the file is there already, or cannot be written; nothing is kept of it"},
              {ExitCode::configuration, "a key file can be read by others, or pg_dump is not installed"},
              {ExitCode::busy, "the database went away"}},
    .run = runner(run),
};

} // namespace passa::cli::db_backup
