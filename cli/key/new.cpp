// passa key new: a fresh key in the keystore.
#include "cli/key/keep.hpp"
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
    std::int64_t seed_fd = 0;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode run_import(Context& ctx, const ImportArgs& args) {
    const auto text = out::read_passphrase({args.seed_fd, {}, false, false, "seed"}, ctx.terminal());
    const std::string_view words{reinterpret_cast<const char*>(text.reveal().data()), text.size()};
    const auto pair = crypto::KeyPair::from_seed(stellar::parse_seed(words).value_or_throw()).value_or_throw();
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
    .summary = "Keep an existing seed, sealed under a passphrase",
    .options = {positional("NAME", &ImportArgs::name, "The key's name"),
                option("seed-fd", &ImportArgs::seed_fd, "N",
                       "Read the seed (S...) from this file descriptor; a terminal is asked"),
                option("passphrase-fd", &ImportArgs::passphrase_fd, "N", k_fd_help),
                option("passphrase-file", &ImportArgs::passphrase_file, "FILE", k_file_help)},
    .examples = {{"passa key import treasury --seed-fd 3 3<seed.txt", "the seed is never an argument"},
                 {"passa key import treasury --seed-fd 0", "type it; nothing is shown"}},
    .exits = {{ExitCode::configuration, "the passphrase or the keystore cannot be used"}},
    .effect = Effect::writes,
    .run = runner(run_import),
};
} // namespace key_import

} // namespace passa::cli
