// passa key list and show: the public side of the keystore, and whether a passphrase opens a key.
#include "cli/key/open_key.hpp"
#include "lib/crypto/ed25519.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli {

namespace {

struct ListArgs {};

ExitCode run_list(Context& ctx, const ListArgs&) {
    const crypto::Keystore store{ctx.home() / "keys"};
    out::Records records;
    Problems unusable;
    for (const auto& name : store.names()) {
        const auto key = store.read(name);
        if (key)
            records.push_back({{"name", name}, {"account", key->account}});
        else
            unusable.push_back(key.problem());
    }
    ctx.list({{"name", "NAME"}, {"account", "ACCOUNT"}}, records);
    if (!unusable.empty()) throw Error{unusable};
    return ExitCode::ok;
}

struct ShowArgs {
    std::string name;
    bool verify = false;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

// Opens the box and derives the account again: a key whose public side was tampered with must not be paid into.
bool opens(const ShowArgs& args, const crypto::StoredKey& key, Context& ctx) {
    const auto seed = open_key(ctx, key, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
    return stellar::format_account(crypto::KeyPair::from_seed(seed).value_or_throw().public_key()) == key.account;
}

ExitCode run_show(Context& ctx, const ShowArgs& args) {
    const auto key = crypto::Keystore{ctx.home() / "keys"}.get(args.name);
    out::Record record{
        {"name", key.name},
        {"account", key.account},
        {"kdf", fmt::format("argon2id, {} passes, {} MiB", key.box.cost.operations, key.box.cost.memory_bytes >> 20)}};
    record.emplace_back("verified", args.verify ? out::Value{opens(args, key, ctx)} : out::Value{nullptr});
    ctx.show(record);
    return ExitCode::ok;
}

} // namespace

namespace key_list {
extern const Command k_command = {
    .path = "key list",
    .summary = "List the keys of the keystore",
    .examples = {{"passa key list", "names and accounts"}},
    .exits = {{ExitCode::configuration, "a key file can be read by others, or is damaged"}},
    .run = runner(run_list),
};
} // namespace key_list

namespace key_show {
extern const Command k_command = {
    .path = "key show",
    .summary = "Show a key's account; with --verify that the passphrase opens it",
    .options = {positional("NAME", &ShowArgs::name, "The key"),
                flag("verify", &ShowArgs::verify, "Open it and derive the account again"),
                option("passphrase-fd", &ShowArgs::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &ShowArgs::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa key show treasury --verify", "after a restore"}},
    .exits = {{ExitCode::configuration, "wrong passphrase, or the key file can be read by others or is damaged"}},
    .run = runner(run_show),
};
} // namespace key_show

} // namespace passa::cli
