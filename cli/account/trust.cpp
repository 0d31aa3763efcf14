// passa account trust: let an account hold an asset.
#include "cli/account/place.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

#include <limits>

namespace passa::cli::account_trust {

struct Args {
    std::string asset;
    std::string key;
    std::optional<std::string> limit;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace xdr = stellar::xdr;

xdr::Asset read_asset(const std::string& text) {
    const auto asset = stellar::tx::parse_asset(text).value_or_throw();
    if (asset.type() == xdr::AssetType::native)
        throw Error{{Kind::usage, "account.no_trustline", "XLM needs no trustline: every account holds it", ""}};
    return asset;
}

money::Amount read_limit(const Args& args, const std::string& asset) {
    const money::Asset of{asset, 7};
    if (!args.limit) return {std::numeric_limits<std::int64_t>::max(), of};
    const auto limit = money::parse_number(*args.limit, of).value_or_throw();
    if (limit.is_negative() || limit.minor() > std::numeric_limits<std::int64_t>::max())
        throw Error{{Kind::usage, "account.limit", fmt::format("{} cannot be a trustline's limit", limit.number()),
                     "write a number such as 1000, or 0 to remove the trustline"}};
    return limit;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto asset = read_asset(args.asset);
    const auto limit = read_limit(args, stellar::tx::to_text(asset));
    const auto client = ctx.make_rpc(which_network(ctx, ctx.globals().network));
    const auto account = which_account(ctx, args.key);
    const auto fee = stellar::tx::choose_bid(*client, 10'000).value_or_throw();
    const auto address = stellar::format_account(account.ed25519);
    const out::Plan plan{client->network_name(),
                         args.key,
                         {{"account", address},
                          {"trusts", stellar::tx::to_text(asset)},
                          {"limit", limit},
                          {"fee_at_most", money::Amount{fee, {"XLM", 7}}}}};
    if (!ctx.may_move(plan)) return ExitCode::ok;
    const auto signer =
        ctx.unlock(args.key, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
    const auto finding = submit_and_wait(
        {*client, *signer, {stellar::tx::make_change_trust(asset, static_cast<std::int64_t>(limit.minor()))}});
    ctx.show({{"account", address},
              {"network", client->network_name()},
              {"asset", stellar::tx::to_text(asset)},
              {"limit", limit},
              {"ledger", std::int64_t{finding.ledger}},
              {"fee", money::Amount{finding.fee, {"XLM", 7}}}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "account trust",
    .summary = "Let an account hold an asset (a trustline)",
    .details =
        "Costs a fee, and holds back half an XLM while the trustline exists. --limit 0 removes it. The transaction's "
        "hash is printed before it leaves: should the wait be interrupted, passa tx wait HASH says what became of it.",
    .options = {option("asset", &Args::asset, "CODE:ISSUER", "The asset"),
                option("key", &Args::key, "NAME", "The key of the account"),
                option("limit", &Args::limit, "NUMBER", "The most it may hold; default: no limit"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa account trust --asset USDC:GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5 --key "
                  "treasury --network testnet",
                  "asks, then waits for the ledger"}},
    .exits = {{ExitCode::unknown_outcome, "it is not known whether it happened"},
              {ExitCode::busy, "no server can be reached"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::account_trust
