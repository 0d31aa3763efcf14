// passa key export-public: a key's account, to give away. The seed stays sealed.
#include "cli/context.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::key_export_public {

struct Args {
    std::vector<std::string> names;
};

ExitCode run(Context& ctx, const Args& args) {
    const crypto::Keystore store{ctx.home() / "keys"};
    out::Records records;
    for (const auto& name : args.names) {
        const auto key = store.get(name);
        const auto account = stellar::parse_account(key.account).value_or_throw(); // a damaged file gives nothing away
        records.push_back({{"account", key.account}, {"public_key", to_hex(account)}, {"name", key.name}});
    }
    ctx.list({{"account", "ACCOUNT"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "key export-public",
    .summary = "Print the account of a key, to give to others",
    .details = "Needs no passphrase: only the public side is read. JSON adds the public key in hex.",
    .options = {at_least_one(positional("NAME", &Args::names, "The keys"))},
    .examples = {{"passa key export-public treasury", "a G address"}},
    .exits = {{ExitCode::configuration, "a key file can be read by others, or is damaged"}},
    .run = runner(run),
};

} // namespace passa::cli::key_export_public
