// passa audit seal: what was done since becomes part of the chain.
#include "cli/context.hpp"
#include "lib/audit/chain.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::audit_seal {

struct Args {
    std::optional<std::string> sign;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    std::unique_ptr<stellar::Signer> signer;
    if (args.sign)
        signer = ctx.unlock(*args.sign, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
    const auto added = audit::seal(ctx.db(), org);
    const auto last = ctx.read([&](db::Transaction& tx) { return audit::find_last(tx, org); });
    if (last && signer) {
        const auto words = audit::signed_words(org, last->seq, last->sha256);
        const audit::Head head{last->seq, last->sha256, signer->public_key(), signer->sign(words), ctx.clock().now()};
        ctx.write([&](db::Transaction& tx) { audit::store_head(tx, org, head); });
    }
    ctx.show({{"added", added},
              {"records", last ? last->seq : 0},
              {"head", last ? out::Value{to_hex(last->sha256)} : out::Value{nullptr}},
              {"signed_by",
               last && signer ? out::Value{stellar::format_account(signer->public_key())} : out::Value{nullptr}}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "audit seal",
    .summary = "Seal what was done since: each record holds the hash of the one before",
    .details = "Every act that audit list shows and every entry of the journal with its postings becomes a record, "
               "once, in the order it was "
               "done. From then on passa audit verify finds it changed, gone or moved, and names it. Run it from a "
               "timer. With --sign the newest "
               "record is signed, which holds all that came before: keep the printed head elsewhere, and nobody can "
               "make the chain anew.",
    .options = {option("sign", &Args::sign, "KEY", "Sign the head with this key"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa audit seal", "from a timer"}, {"passa audit seal --sign auditor", "at the end of a day"}},
    .exits = {{ExitCode::configuration, "the key or its passphrase cannot be used; nothing was sealed"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::audit_seal
