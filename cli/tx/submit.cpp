// passa tx submit: hands in a transaction that was signed elsewhere, and waits for what becomes of it.
#include "cli/account/place.hpp"
#include "cli/contract/send.hpp"
#include "cli/tx/envelope.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/tx/weight.hpp"
#include "lib/stellar/words.hpp"

namespace passa::cli::tx_submit {

namespace tx = stellar::tx;

struct Args {
    std::string file;
};

out::Records signed_by(const tx::Weighed& weighed) {
    out::Records records;
    for (const auto& account : weighed.accounts) {
        std::vector<std::string> have, lack;
        for (const auto& signer : account.signers)
            (signer.has_signed ? have : lack).push_back(fmt::format("{} ({})", signer.key, signer.weight));
        records.push_back({{"account", account.account},
                           {"needs", std::int64_t{std::max(account.needed, 1U)}},
                           {"has", std::int64_t{account.weight}},
                           {"signed", join(have, ", ")},
                           {"not_signed", join(lack, ", ")}});
    }
    return records;
}

void require_enough(const tx::Weighed& weighed) {
    if (weighed.strangers > 0)
        throw Error{{Kind::unauthorised, "tx.stranger",
                     fmt::format("{} of its signatures are of nobody who is asked: the network refuses that",
                                 weighed.strangers),
                     "sign it anew, by those alone who are its accounts' signers"}};
    for (const auto& account : weighed.accounts)
        if (!account.is_enough())
            throw Error{{Kind::unauthorised, "tx.weight",
                         fmt::format("{} asks for signatures of weight {}, and has {}", account.account,
                                     std::max(account.needed, 1U), account.weight),
                         "who has not signed yet: passa tx submit FILE --dry-run; then: passa tx sign"}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto handed = read_handed(ctx, args.file, ctx.globals().network);
    const auto client = ctx.make_rpc(handed.network);
    const auto latest = client->get_latest_ledger().value_or_throw().sequence;
    const auto pending = tx::make_pending(handed.envelope, handed.network_id, latest).value_or_throw();
    for (const auto& account : stellar::parties_of(handed.envelope)) // whoever's it is that it moves
        contract::refuse_treasury(ctx, handed.network, account);
    const auto weighed = tx::weigh(*client, handed.envelope).value_or_throw();
    auto shown = words_record(handed);
    shown.emplace_back("signed_by", signed_by(weighed));
    const auto hash = to_hex(pending.hash);
    if (!ctx.globals().dry_run) require_enough(weighed);
    if (!ctx.may_move({handed.network, hash.substr(0, 8), shown})) return ExitCode::ok;
    const auto finding = wait_for_end(*client, pending);
    ctx.show({{"network", handed.network},
              {"hash", hash},
              {"ledger", std::int64_t{finding.ledger}},
              {"closed_at", finding.closed_at},
              {"fee", stellar::stroops(finding.fee)}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "tx submit",
    .summary = "Hand in a signed transaction, and wait for its ledger",
    .details = "Whether it is signed by enough is looked at first, by the weights and thresholds of its accounts; "
               "--dry-run shows who has signed and who has not. The same command may be run again: a transaction is "
               "taken once, and what became of it is asked for.",
    .options = {positional("FILE", &Args::file, "A file with the transaction in base64 or hex; - for standard input")},
    .examples = {{"passa tx submit ready.b64 --network testnet", "shows what it does, asks, sends"}},
    .exits = {{ExitCode::unauthorised, "signatures are missing"},
              {ExitCode::unknown_outcome, "it may have happened: run the same command again"},
              {ExitCode::busy, "no server can be reached"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::tx_submit
