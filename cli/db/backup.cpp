// passa db backup: the whole database, sealed to a key, in one file.
#include "cli/db/backup_key.hpp"
#include "cli/version.hpp"
#include "lib/backup/file.hpp"
#include "lib/base/fault.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/db/dump.hpp"
#include "lib/db/migrate.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::cli::db_backup {

struct Args {
    std::string key;
    std::filesystem::path out;
};

namespace {

// A name of its own for each in a folder: passa-20261122T031500Z.backup. A cron line cannot make one, % means a line's
// end.
std::filesystem::path place_of(const std::filesystem::path& out, Instant now) {
    if (!std::filesystem::is_directory(out)) return out;
    auto stamp = to_text(now).substr(0, 19); // to the second
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    return out / fmt::format("passa-{}Z.backup", stamp);
}

std::string target_of(Context& ctx) { return ctx.db_owner().options().target; }

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto key = crypto::Keystore{ctx.home() / "keys"}.get(args.key);
    const auto account = stellar::parse_account(key.account).value_or_throw();
    const auto now = ctx.clock().now();
    const auto place = place_of(args.out, now);
    const auto taken = [&] {
        return Error{{Kind::conflict, "backup.exists", fmt::format("{} is there already", place.string()),
                      "backups are never overwritten: name another file, or a folder"}};
    };
    if (std::filesystem::exists(place)) throw taken();
    const auto schema = db::migration_status(ctx.db_owner()).applied;
    if (schema == 0)
        throw Error{{Kind::not_found, "backup.nothing", "the database holds nothing yet", "begin with: passa apply"}};
    const auto own = own_key(ctx);
    const auto signer = stellar::format_account(own.public_key());
    backup::FileWriter file{
        place, {now, code_version(), schema, key.name, key.account, "database", signer}, account, own};
    db::dump(target_of(ctx), [&](ByteView bytes) {
        fault_point("backup.write");
        file.write(bytes);
    });
    if (!file.finish()) throw taken();
    ctx.show({{"file", place.string()},
              {"bytes", static_cast<std::int64_t>(file.size())},
              {"sha256", to_hex(file.sha256())},
              {"key", key.name},
              {"signed_by", signer},
              {"schema_version", schema},
              {"made_at", now}});
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
