// A new machine has no keys yet: what it lacks is said before a passphrase is asked for.
#include "cli/db/backup_key.hpp"

#include "cli/key/open_key.hpp"
#include "lib/db/migrate.hpp"

namespace passa::cli {

std::unique_ptr<backup::FileReader> open_backup(Context& ctx, const std::filesystem::path& file,
                                                const out::PassphraseSource& source) {
    auto reader = std::make_unique<backup::FileReader>(file);
    const auto& header = reader->header();
    const auto known = static_cast<int>(db::migrations().size());
    if (header.schema_version > known)
        throw Error{{Kind::configuration, "db.newer",
                     fmt::format("the backup is at version {}, this binary knows {}", header.schema_version, known),
                     "use a newer passa"}};
    const auto keys = ctx.home() / "keys";
    const auto key = crypto::Keystore{keys}.read(header.key);
    if (!key && key.problem().code != "key.not_found") throw Error{key.problem()};
    if (!key || key->account != header.account)
        throw Error{{Kind::configuration, "backup.key",
                     fmt::format("the key {} that opens this backup, {}, is not here", header.key, header.account),
                     fmt::format("bring {}.key from your copy of the keystore to {}", header.key, keys.string())}};
    reader->unlock(open_key(ctx, *key, source));
    return reader;
}

} // namespace passa::cli
