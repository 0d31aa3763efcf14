// passa tx sign and combine: a transaction that several must sign, each on a machine of his own.
#include "cli/tx/envelope.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/tx/transaction.hpp"

namespace passa::cli {
namespace {

struct SignArgs {
    std::string file;
    std::string key;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

struct CombineArgs {
    std::vector<std::string> files;
    std::optional<std::string> network;
};

// For people and pipes the envelope alone, which the next one signs or hands in.
void show(Context& ctx, const Handed& handed) {
    const auto envelope = stellar::tx::envelope_base64(handed.envelope);
    if (!ctx.is_for_tools()) return ctx.text(envelope + "\n");
    auto record = words_record(handed);
    record.insert(record.begin(), {"network", handed.network});
    record.emplace_back("envelope", envelope);
    ctx.show(record);
}

ExitCode run_sign(Context& ctx, const SignArgs& args) {
    auto handed = read_handed(ctx, args.file, ctx.globals().network);
    if (!ctx.may_move({handed.network, args.key, words_record(handed)})) return ExitCode::ok;
    const bool may_ask = !ctx.globals().no_input && args.file != "-";
    const auto signer = ctx.unlock(args.key, {args.passphrase_fd, args.passphrase_file, false, may_ask});
    stellar::tx::sign(handed.envelope, handed.network_id, *signer);
    show(ctx, handed);
    return ExitCode::ok;
}

ExitCode run_combine(Context& ctx, const CombineArgs& args) {
    auto handed = read_handed(ctx, args.files.front(), args.network);
    for (std::size_t i = 1; i < args.files.size(); ++i)
        static_cast<void>(stellar::tx::add_signatures(handed.envelope, read_envelope(args.files[i]), handed.network_id)
                              .value_or_throw());
    show(ctx, handed);
    return ExitCode::ok;
}

} // namespace

namespace tx_sign {
extern const Command k_command = {
    .path = "tx sign",
    .summary = "Sign a transaction that somebody else made",
    .details = "What it does is shown before anything is signed, and nothing is sent: what comes out is the same "
               "transaction with one signature more, for the next one who must sign, or for passa tx submit. No server "
               "is asked, so it may be done on a machine without a network.",
    .options = {positional("FILE", &SignArgs::file,
                           "A file with the transaction in base64 or hex; - for standard input"),
                option("key", &SignArgs::key, "NAME", "The key that signs"),
                option("passphrase-fd", &SignArgs::passphrase_fd, "N",
                       "Read the key's passphrase from this file descriptor"),
                option("passphrase-file", &SignArgs::passphrase_file, "FILE",
                       "Read the key's passphrase from the first line of this file")},
    .examples = {{"passa tx sign upgrade.b64 --key guardian --network testnet >signed.b64", "one of several"}},
    .exits = {{ExitCode::configuration, "the key is not here, or its passphrase is wrong"}},
    .effect = Effect::moves_money,
    .run = runner(run_sign),
};
} // namespace tx_sign

namespace tx_combine {
extern const Command k_command = {
    .path = "tx combine",
    .summary = "Put the signatures of several copies into one",
    .details = "All files must hold the same transaction, byte for byte but for its signatures.",
    .options = {positional("FILE", &CombineArgs::files, "Files with the transaction, each signed by somebody"),
                option("network", &CombineArgs::network, "NAME", "Whose transaction it is (also: PASSA_NETWORK)")},
    .examples = {{"passa tx combine by-ann.b64 by-ben.b64 --network testnet >ready.b64", "then: passa tx submit"}},
    .run = runner(run_combine),
};
} // namespace tx_combine

} // namespace passa::cli
