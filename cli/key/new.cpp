// passa key new: a fresh key in the keystore.
#include "cli/key/keep.hpp"
#include "lib/crypto/mnemonic.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli {

namespace {

struct NewArgs {
    std::string name;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode run_new(Context& ctx, const NewArgs& args) {
    SystemRandom random;
    return keep_key(ctx, args.name, crypto::KeyPair::generate(random),
                    {args.passphrase_fd, args.passphrase_file, true, !ctx.globals().no_input});
}

struct ImportArgs {
    std::string name;
    std::optional<std::int64_t> seed_fd;
    std::optional<std::int64_t> mnemonic_fd;
    std::optional<std::filesystem::path> mnemonic_file;
    std::optional<std::filesystem::path> mnemonic_passphrase_file;
    std::optional<std::int64_t> index;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

void require_one_source(const ImportArgs& args) {
    const bool has_words = args.mnemonic_fd || args.mnemonic_file;
    const auto sources =
        int{args.seed_fd.has_value()} + int{args.mnemonic_fd.has_value()} + int{args.mnemonic_file.has_value()};
    if (sources != 1)
        throw Error{{Kind::usage, "key.one_source", "say where the key comes from, once",
                     "give one of --seed-fd, --mnemonic-fd and --mnemonic-file"}};
    if (!has_words && (args.index || args.mnemonic_passphrase_file))
        throw Error{{Kind::usage, "key.one_source", "a seed is one key: it has no index and no passphrase of its own",
                     "leave --index and --mnemonic-passphrase-file out"}};
    if (args.index && (*args.index < 0 || *args.index > std::int64_t{crypto::k_most_index}))
        throw Error{{Kind::usage, "key.index", fmt::format("{} is no index of a key", *args.index),
                     "write --index with 0 to 2147483647; the first key of a wallet has 0"}};
}

Secret seed_of_words(Context& ctx, const ImportArgs& args) {
    const auto words =
        out::read_passphrase({args.mnemonic_fd, args.mnemonic_file, false, false, "mnemonic"}, ctx.terminal());
    Secret passphrase;
    if (args.mnemonic_passphrase_file)
        passphrase = out::read_passphrase({{}, args.mnemonic_passphrase_file, false, false, "mnemonic's passphrase"},
                                          ctx.terminal());
    const auto seed = crypto::seed_of_mnemonic(words, passphrase).value_or_throw();
    return crypto::stellar_key(seed, static_cast<std::uint32_t>(args.index.value_or(0)));
}

Secret seed_of(Context& ctx, const ImportArgs& args) {
    if (!args.seed_fd) return seed_of_words(ctx, args);
    const auto text = out::read_passphrase({args.seed_fd, {}, false, false, "seed"}, ctx.terminal());
    const std::string_view words{reinterpret_cast<const char*>(text.reveal().data()), text.size()};
    return stellar::parse_seed(words).value_or_throw();
}

ExitCode run_import(Context& ctx, const ImportArgs& args) {
    require_one_source(args);
    const auto pair = crypto::KeyPair::from_seed(seed_of(ctx, args)).value_or_throw();
    return keep_key(ctx, args.name, pair, {args.passphrase_fd, args.passphrase_file, true, !ctx.globals().no_input});
}

constexpr const char* k_fd_help = "Read the passphrase from this file descriptor";
constexpr const char* k_file_help = "Read the passphrase from the first line of this file";

} // namespace

namespace key_new {
extern const Command k_command = {
    .path = "key new",
    .summary = "Make a key and keep it, sealed under a passphrase",
    .details =
        "The seed never leaves locked memory but in its sealed form: Argon2id and XChaCha20-Poly1305. The passphrase "
        "comes from a terminal, a file, a file descriptor or the systemd credential passa-passphrase.",
    .options = {positional("NAME", &NewArgs::name, "The key's name"),
                option("passphrase-fd", &NewArgs::passphrase_fd, "N", k_fd_help),
                option("passphrase-file", &NewArgs::passphrase_file, "FILE", k_file_help)},
    .examples = {{"passa key new treasury", "asks for a passphrase twice"}},
    .exits = {{ExitCode::configuration, "the passphrase or the keystore cannot be used"}},
    .effect = Effect::writes,
    .run = runner(run_new),
};
} // namespace key_new

namespace key_import {
extern const Command k_command = {
    .path = "key import",
    .summary = "Keep an existing key, sealed under a passphrase",
    .details =
        "A seed (S...), or a wallet's key out of its mnemonic: the 12 to 24 English words of BIP-39 on one line, by "
        "SEP-5 (m/44'/148'/index'). Neither is ever an argument. Look whether the account shown is the one that "
        "the wallet shows: other words, a passphrase or another index give another key.",
    .options = {positional("NAME", &ImportArgs::name, "The key's name"),
                option("seed-fd", &ImportArgs::seed_fd, "N",
                       "Read the seed (S...) from this file descriptor; a terminal is asked"),
                option("mnemonic-fd", &ImportArgs::mnemonic_fd, "N",
                       "Read a wallet's words from this file descriptor; a terminal is asked"),
                option("mnemonic-file", &ImportArgs::mnemonic_file, "FILE",
                       "Read a wallet's words from the first line of this file"),
                option("mnemonic-passphrase-file", &ImportArgs::mnemonic_passphrase_file, "FILE",
                       "The passphrase that belongs to the words, where there is one"),
                option("index", &ImportArgs::index, "N", "Which key of the wallet; default: 0, the first"),
                option("passphrase-fd", &ImportArgs::passphrase_fd, "N", k_fd_help),
                option("passphrase-file", &ImportArgs::passphrase_file, "FILE", k_file_help)},
    .examples = {{"passa key import treasury --seed-fd 3 3<seed.txt", "the seed is never an argument"},
                 {"passa key import treasury --seed-fd 0", "type it; nothing is shown"},
                 {"passa key import treasury --mnemonic-file words --index 1", "the second key of a wallet"}},
    .exits = {{ExitCode::configuration, "the passphrase or the keystore cannot be used"}},
    .effect = Effect::writes,
    .run = runner(run_import),
};
} // namespace key_import

} // namespace passa::cli
