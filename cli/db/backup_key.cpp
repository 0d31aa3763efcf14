// A new machine has no keys yet: what it lacks is said before a passphrase is asked for.
#include "cli/db/backup_key.hpp"

#include "cli/key/open_key.hpp"
#include "lib/db/migrate.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli {

crypto::KeyPair own_key(Context& ctx) { return crypto::load_own_key(ctx.home() / "keys" / crypto::k_own_key_file); }

crypto::PublicKey signer_of(Context& ctx, const BackupWish& wish, const backup::Header& header) {
    const auto file = ctx.home() / "keys" / crypto::k_own_key_file;
    auto believed = wish.signed_by;
    if (!believed)
        if (const auto own = crypto::find_own_key(file)) believed = stellar::format_account(own->public_key());
    if (believed == header.signer) return stellar::parse_account(*believed).value_or_throw();
    throw Error{{Kind::configuration, "backup.signer",
                 fmt::format("{} says that {} signed it, which is not {}", wish.file.string(), header.signer,
                             wish.signed_by ? "the account that you named"
                             : believed     ? "this home"
                                            : "known here"),
                 fmt::format("bring {} from your copy of the keystore to {}; or, if you know that account to be yours: "
                             "--signed-by ACCOUNT",
                             crypto::k_own_key_file, file.parent_path().string())}};
}

Secret seed_of(Context& ctx, const BackupWish& wish, const backup::Header& header) {
    const auto keys = ctx.home() / "keys";
    const auto key = crypto::Keystore{keys}.read(header.key);
    if (!key && key.problem().code != "key.not_found") throw Error{key.problem()};
    if (!key || key->account != header.account)
        throw Error{{Kind::configuration, "backup.key",
                     fmt::format("the key {} that opens this backup, {}, is not here", header.key, header.account),
                     fmt::format("bring {}.key from your copy of the keystore to {}", header.key, keys.string())}};
    return open_key(ctx, *key, {wish.passphrase_fd, wish.passphrase_file, false, !ctx.globals().no_input});
}

std::unique_ptr<backup::FileReader> open_backup(Context& ctx, const BackupWish& wish) {
    auto reader = std::make_unique<backup::FileReader>(wish.file);
    const auto& header = reader->header();
    const auto known = static_cast<int>(db::migrations().size());
    if (header.schema_version > known)
        throw Error{{Kind::configuration, "db.newer",
                     fmt::format("the backup is at version {}, this binary knows {}", header.schema_version, known),
                     "use a newer passa"}};
    reader->prove(signer_of(ctx, wish, header));
    reader->unlock(seed_of(ctx, wish, header));
    return reader;
}

} // namespace passa::cli
