// The passphrase is asked for last, when the seed is known to be good.
#include "cli/key/keep.hpp"

#include "lib/crypto/keystore.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli {

ExitCode keep_key(Context& ctx, const std::string& name, const crypto::KeyPair& pair,
                  const out::PassphraseSource& source) {
    const auto passphrase = out::read_passphrase(source, ctx.terminal());
    SystemRandom random;
    const auto account = stellar::format_account(pair.public_key());
    const auto bound = crypto::bound_text(name, account);
    const auto box = crypto::seal(pair.seed(), {passphrase, bound}, random);
    const auto folder = ctx.home() / "keys";
    crypto::Keystore{folder}.add({name, account, box});
    ctx.show({{"name", name}, {"account", account}});
    ctx.note(
        fmt::format("back up the key in {} and remember the passphrase: neither can be recovered", folder.string()));
    return ExitCode::ok;
}

} // namespace passa::cli
