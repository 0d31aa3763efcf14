// passa account show: an account as the network holds it; or what a treasury may spend.
#include "cli/account/place.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/network.hpp"
#include "lib/rail/rail.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"

namespace passa::cli::account_show {

struct Args {
    std::optional<std::string> account;
    std::optional<std::string> network;
    std::optional<std::string> treasury;
    std::vector<std::string> assets;
};

namespace rpc = stellar::rpc;
namespace xdr = stellar::xdr;

money::Amount stroops(money::Int128 count, const std::string& asset) { return {count, {asset, 7}}; }

out::Record line_record(const rpc::Snapshot& ledger, const xdr::AccountId& account, const xdr::Asset& asset) {
    const auto id = stellar::tx::to_text(asset);
    const auto* line = ledger.find_trustline(account, asset);
    if (line == nullptr) return {{"asset", id}, {"balance", nullptr}, {"limit", nullptr}, {"authorized", nullptr}};
    return {{"asset", id},
            {"balance", stroops(line->balance, id)},
            {"limit", stroops(line->limit, id)},
            {"authorized", (line->flags & 1U) != 0}};
}

out::Record account_record(const rpc::Snapshot& ledger, const xdr::AccountEntry& entry, std::int64_t reserve) {
    const auto locked = rpc::min_balance(entry, reserve) + rpc::selling_liabilities(entry);
    return {{"account", stellar::format_account(entry.account_id.ed25519)},
            {"as_of_ledger", std::int64_t{ledger.ledger()}},
            {"balance", stroops(entry.balance, "XLM")},
            {"spendable", stroops(std::max<money::Int128>(0, entry.balance - locked), "XLM")},
            {"sequence", std::to_string(entry.seq_num)},
            {"entries", std::int64_t{entry.num_sub_entries}},
            {"signers", static_cast<std::int64_t>(entry.signers.size()) + 1},
            {"home_domain", printable(entry.home_domain, 32)}};
}

ExitCode show_account(Context& ctx, const Args& args) {
    const auto network = which_network(ctx, args.network);
    const auto account = which_account(ctx, *args.account);
    std::vector<xdr::Asset> assets;
    for (const auto& text : args.assets) assets.push_back(stellar::tx::parse_asset(text).value_or_throw());
    std::erase_if(assets, [](const auto& asset) { return asset.type() == xdr::AssetType::native; }); // shown anyway
    std::vector<xdr::LedgerKey> keys{rpc::account_key(account)};
    for (const auto& asset : assets) keys.push_back(rpc::trustline_key(account, asset));
    const auto client = ctx.make_rpc(network);
    const auto reserve = rpc::get_base_reserve(*client).value_or_throw();
    const auto ledger = rpc::Snapshot::load(*client, keys).value_or_throw();
    const auto* entry = ledger.find_account(account);
    if (entry == nullptr)
        throw Error{
            {Kind::not_found, "account.not_found",
             fmt::format("the account {} does not exist on {}", stellar::format_account(account.ed25519), network),
             "create it: passa account create ACCOUNT --friendbot, or --from KEY"}};
    auto record = account_record(ledger, *entry, reserve);
    record.insert(record.begin() + 1, {"network", network});
    out::Records lines;
    for (const auto& asset : assets) lines.push_back(line_record(ledger, account, asset));
    record.emplace_back("trustlines", lines);
    ctx.show(record);
    return ExitCode::ok;
}

ExitCode show_treasury(Context& ctx, const Args& args) {
    const auto& name = *args.treasury;
    const auto owner = ctx.organizer();
    const auto treasury = ctx.read([&](db::Transaction& tx) { return catalog::find_treasury(tx, owner, name); });
    const auto network = treasury ? treasury->network : std::nullopt; // without one: make_rail says why
    if (network) ctx.require_network(*network, "treasury " + name, args.network);
    out::Records spendable;
    for (const auto& amount : ctx.make_rail({name})->balances()) spendable.push_back({{"spendable", amount}});
    ctx.show({{"treasury", name}, {"network", network}, {"balances", spendable}});
    return ExitCode::ok;
}

ExitCode run(Context& ctx, const Args& args) {
    if (!args.account && !args.treasury)
        throw Error{{Kind::usage, "cli.usage", "no account is named",
                     "passa account show ACCOUNT, with an address or the name of a key, or --treasury NAME"}};
    if (args.account && args.treasury)
        throw Error{{Kind::usage, "cli.usage", "an account and a treasury are named", "leave one of them out"}};
    return args.treasury ? show_treasury(ctx, args) : show_account(ctx, args);
}

extern const Command k_command = {
    .path = "account show",
    .summary = "Show an account as the network holds it",
    .details =
        "Balances that may be spent leave out the reserve and what offers hold. Trustlines cannot be listed by an "
        "RPC server: name the assets to look at.",
    .options = {positional("ACCOUNT", &Args::account, "A G address, or the name of a key"),
                option("network", &Args::network, "NAME", "The network (also: PASSA_NETWORK)"),
                option("asset", &Args::assets, "CODE:ISSUER", "Look at this trustline too; may be repeated"),
                option("treasury", &Args::treasury, "NAME", "Instead of an account: what this treasury may spend")},
    .examples = {{"passa account show treasury --network testnet", "the account of the key treasury"},
                 {"passa account show --treasury main", "what payouts can use"}},
    .exits = {{ExitCode::busy, "no server can be reached"}, {ExitCode::configuration, "network, treasury or key"}},
    .run = runner(run),
};

} // namespace passa::cli::account_show
