// passa account create: a new account, funded by a test network's friendbot or from a key.
#include "cli/account/place.hpp"
#include "lib/money/amount.hpp"
#include "lib/stellar/rpc/friendbot.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/operation.hpp"

#include <limits>
#include <thread>

namespace passa::cli::account_create {

struct Args {
    std::string account;
    bool friendbot = false;
    std::optional<std::string> from;
    std::optional<std::string> amount;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace rpc = stellar::rpc;
namespace xdr = stellar::xdr;

constexpr auto k_poll = std::chrono::seconds{1};
constexpr int k_polls = 30;

std::string look_at(const rpc::Client& client, const xdr::AccountId& account) {
    return fmt::format("look at it: passa account show {} --network {}", stellar::format_account(account.ed25519),
                       client.network_name());
}

void refuse_existing(rpc::Client& client, const xdr::AccountId& account) {
    if (rpc::find_account(client, account).value_or_throw().entry)
        throw Error{{Kind::conflict, "account.exists",
                     fmt::format("the account {} exists already on {}", stellar::format_account(account.ed25519),
                                 client.network_name()),
                     look_at(client, account)}};
}

money::Amount read_amount(const Args& args) {
    const auto text = args.amount.value_or("5 XLM"); // outlives the views into it
    const auto parts = money::split_amount_text(text).value_or_throw();
    if (parts.asset_id != "XLM")
        throw Error{{Kind::usage, "account.amount", "a new account is funded in XLM", "write --amount \"5 XLM\""}};
    const auto amount = money::parse_number(parts.number, {"XLM", 7}).value_or_throw();
    if (amount.minor() <= 0 || amount.minor() > std::numeric_limits<std::int64_t>::max())
        throw Error{{Kind::usage, "account.amount", fmt::format("{} cannot fund an account", amount),
                     "write --amount \"5 XLM\""}};
    return amount;
}

xdr::AccountEntry wait_for(rpc::Client& client, const xdr::AccountId& account) {
    for (int i = 0; i < k_polls; ++i) {
        auto state = rpc::find_account(client, account).value_or_throw();
        if (state.entry) return *std::move(state.entry);
        std::this_thread::sleep_for(k_poll);
    }
    throw Error{{Kind::unknown_outcome, "tx.unknown",
                 fmt::format("the friendbot accepted the request, but the account is not there after {} s", k_polls),
                 look_at(client, account)}};
}

void show(Context& ctx, const rpc::Client& client, const xdr::AccountEntry& entry) {
    ctx.show({{"account", stellar::format_account(entry.account_id.ed25519)},
              {"network", client.network_name()},
              {"balance", money::Amount{entry.balance, {"XLM", 7}}}});
}

ExitCode by_friendbot(Context& ctx, rpc::Client& client, const xdr::AccountId& account) {
    const auto bot = rpc::find_friendbot(client).value_or_throw();
    if (ctx.globals().dry_run) {
        if (ctx.is_for_tools())
            ctx.show({{"network", client.network_name()},
                      {"create", stellar::format_account(account.ed25519)},
                      {"from", bot.origin}});
        return ctx.note("dry run: " + bot.origin + " would be asked"), ExitCode::ok;
    }
    refuse_existing(client, account);
    rpc::ask_friendbot(client, bot, account).value_or_throw();
    show(ctx, client, wait_for(client, account));
    return ExitCode::ok;
}

ExitCode from_key(Context& ctx, rpc::Client& client, const xdr::AccountId& account, const Args& args) {
    const auto amount = read_amount(args);
    const auto source = which_account(ctx, *args.from);
    const auto fee = stellar::tx::choose_bid(client, 10'000).value_or_throw();
    refuse_existing(client, account);
    const out::Plan plan{client.network_name(),
                         amount.text(),
                         {{"create", stellar::format_account(account.ed25519)},
                          {"from", stellar::format_account(source.ed25519)},
                          {"amount", amount},
                          {"fee_at_most", money::Amount{fee, {"XLM", 7}}}}};
    if (!ctx.may_move(plan)) return ExitCode::ok;
    const auto signer =
        ctx.unlock(*args.from, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
    submit_and_wait(
        {client, *signer, {stellar::tx::make_create_account(account, static_cast<std::int64_t>(amount.minor()))}});
    show(ctx, client, wait_for(client, account));
    return ExitCode::ok;
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.friendbot == args.from.has_value())
        throw Error{{Kind::usage, "cli.usage", "say where the money comes from: --friendbot or --from KEY",
                     "see: passa account create --help"}};
    const auto client = ctx.make_rpc(which_network(ctx, ctx.globals().network));
    const auto account = which_account(ctx, args.account);
    return args.friendbot ? by_friendbot(ctx, *client, account) : from_key(ctx, *client, account, args);
}

extern const Command k_command = {
    .path = "account create",
    .summary = "Create an account and fund it",
    .details =
        "On test networks a friendbot gives the money away; elsewhere it comes from one of your keys. An account "
        "must hold a reserve (1 XLM), and half an XLM for each trustline. With --from, the transaction's hash is "
        "printed "
        "before it leaves: should the wait be interrupted, passa tx wait HASH says what became of it; look before "
        "you send another.",
    .options = {positional("ACCOUNT", &Args::account, "A G address, or the name of a key"),
                flag("friendbot", &Args::friendbot, "Ask the test network's friendbot"),
                option("from", &Args::from, "KEY", "Fund it from this key's account"),
                option("amount", &Args::amount, "AMOUNT", "With --from, how much; default: 5 XLM"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa account create treasury --friendbot --network testnet", "the account of the key treasury"},
                 {"passa account create venue --from treasury --amount \"3 XLM\" --network public",
                  "asks before money moves"}},
    .exits = {{ExitCode::unknown_outcome, "it is not known whether it happened"},
              {ExitCode::busy, "no server can be reached"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::account_create
