// passa key list and show: the public side of the keystore, and whether a passphrase opens a key.
#include "cli/key/open_key.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/ed25519.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::cli {

namespace {

struct ListArgs {};

struct Listing {
    out::Records records;
    Problems problems;
};

void add_row(Listing& list, const std::string& name, out::Value account, std::string state) {
    list.records.push_back({{"name", name}, {"account", std::move(account)}, {"state", std::move(state)}});
}

// Files of before names stood in them: two with one seal are one file, and one of the two keys is not in it.
const std::string* find_twin(const std::vector<crypto::StoredKey>& keys, const crypto::StoredKey& key) {
    const auto twin = std::find_if(keys.begin(), keys.end(), [&](const auto& other) {
        return other.name != key.name && key.sealed_as.empty() && other.box.sealed == key.box.sealed;
    });
    return twin == keys.end() ? nullptr : &twin->name;
}

void add_usable(Listing& list, const std::vector<crypto::StoredKey>& keys, const crypto::StoredKey& key) {
    const auto* twin = find_twin(keys, key);
    if (twin == nullptr) return add_row(list, key.name, key.account, key.program ? "elsewhere" : "usable");
    add_row(list, key.name, nullptr, fmt::format("doubtful: the file of {} is the same", *twin));
    list.problems.push_back(
        {Kind::configuration, "key.mismatch",
         fmt::format("the files of the keys {} and {} are the same: one of the two is not its own", key.name, *twin),
         fmt::format("see whether it opens: passa key show {} --verify", key.name)});
}

// The account of another key is not given out as this one's.
void add_unusable(Listing& list, const crypto::Keystore& store, const std::string& name, const Problem& why) {
    list.problems.push_back(why);
    if (why.code != "key.mismatch") return;
    const auto held = store.look_into(name).value_or_throw();
    add_row(list, name, nullptr,
            fmt::format("mismatch: the file holds {}, {}", held.sealed_as, printable(held.account, 60)));
}

ExitCode run_list(Context& ctx, const ListArgs&) {
    const crypto::Keystore store{ctx.home() / "keys"};
    std::vector<crypto::StoredKey> keys;
    for (const auto& name : store.names())
        if (auto key = store.look_into(name)) keys.push_back(std::move(key).value());
    Listing list;
    for (const auto& name : store.names()) {
        const auto key = store.read(name);
        key ? add_usable(list, keys, *key) : add_unusable(list, store, name, key.problem());
    }
    ctx.list({{"name", "NAME"}, {"account", "ACCOUNT"}, {"state", "STATE"}}, list.records);
    if (!list.problems.empty()) throw Error{list.problems};
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
    const auto kdf =
        fmt::format("argon2id, {} passes, {} MiB", key.box.cost.operations, key.box.cost.memory_bytes >> 20);
    out::Record record{{"name", key.name},
                       {"account", key.account},
                       {"kdf", key.program ? out::Value{} : out::Value{kdf}},
                       {"verified", args.verify ? out::Value{opens(args, key, ctx)} : out::Value{nullptr}}};
    if (key.program) record.emplace_back("program", printable(join(key.program->words, " "), 300));
    ctx.show(record);
    return ExitCode::ok;
}

} // namespace

namespace key_list {
extern const Command k_command = {
    .path = "key list",
    .summary = "List the keys of the keystore",
    .details = "A file that says it is another key's is shown as a mismatch, without an account: it signs nothing.",
    .examples = {{"passa key list", "names and accounts"}},
    .exits = {{ExitCode::configuration, "a key file can be read by others, is damaged, or holds another key"}},
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
