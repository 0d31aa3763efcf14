// passa audit seal: what was done since becomes part of the chain.
#include "cli/db/backup_key.hpp"
#include "lib/audit/chain.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::audit_seal {

struct Args {
    std::optional<std::string> sign;
    bool sign_home = false;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace {

// As the timer does it: nobody is there, and the trail is not read whole each time.
ExitCode seal_unattended(Context& ctx) {
    const auto own = own_key(ctx);
    const auto sealed = audit::seal_and_sign(ctx.db(), ctx.organizer(), own);
    const auto last = ctx.read([&](db::Transaction& tx) { return audit::find_last(tx, ctx.organizer()); });
    ctx.show({{"added", sealed.added},
              {"records", sealed.records},
              {"head", last ? out::Value{to_hex(last->sha256)} : out::Value{nullptr}},
              {"signed_by",
               sealed.is_signed ? out::Value{stellar::format_account(own.public_key())} : out::Value{nullptr}}});
    return ExitCode::ok;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.sign_home && args.sign)
        throw Error{{Kind::usage, "audit.two_signers", "--sign and --sign-home name two signers",
                     "run it twice, for a signature of each"}};
    if (args.sign_home) return seal_unattended(ctx);
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
                flag(
                    "sign-home", &Args::sign_home,
                    "Sign it with this home's own key, which needs no passphrase; once a day all of the trail is read, "
                    "else what is new"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa audit seal --sign-home", "from a timer"},
                 {"passa audit seal --sign auditor", "at the end of a day"}},
    .exits = {{ExitCode::configuration, "the key or its passphrase cannot be used; nothing was sealed"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::audit_seal
