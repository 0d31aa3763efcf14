// passa contract keep: pays the rent of declared contracts, as far as they say, and only where it is due.
#include "cli/account/place.hpp"
#include "cli/contract/deploy.hpp"
#include "cli/contract/rent.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::cli::contract_keep {

struct Args {
    std::vector<std::string> contracts;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

struct Due {
    catalog::Contract declared;
    contract::Rent rent;
    std::vector<contract::Deed> needs;
    std::optional<money::Amount> fee_at_most;
};

std::vector<catalog::Contract> choose(Context& ctx, const Args& args) {
    auto chosen = contract::choose(ctx, args.contracts, ctx.globals().network);
    if (args.contracts.empty()) std::erase_if(chosen, [](const catalog::Contract& one) { return !one.keep; });
    for (const auto& one : chosen)
        if (!one.keep)
            throw Error{{Kind::usage, "contract.not_kept",
                         fmt::format("the manifest of {} does not say how it is kept", one.name),
                         "add keep: to it, or pay by hand: passa contract extend " + one.name}};
    if (chosen.empty())
        throw Error{{Kind::not_found, "contract.none", "no contract is declared to be kept",
                     "add keep: to its manifest: passa manifest explain Contract"}};
    return chosen;
}

Due look(Context& ctx, stellar::rpc::Client& client, const catalog::Contract& declared) {
    const contract::Place place{declared.name, declared.network, contract::id_of(ctx, declared), declared};
    Due due{declared, contract::get_rent(client, place), {}, {}};
    due.needs = contract::find_need(client, place, due.rent, *declared.keep);
    std::int64_t most = 0;
    for (const auto& need : due.needs)
        most += contract::price(client, need, which_account(ctx, declared.keep->key), {}).fees.most();
    if (!due.needs.empty()) due.fee_at_most = stellar::stroops(most);
    return due;
}

out::Record record_of(const Due& due) {
    return {{"contract", due.declared.name},
            {"network", due.declared.network},
            {"lives_until", std::int64_t{due.rent.until}},
            {"ledgers_left", due.rent.left},
            {"needs", !due.needs.empty() ? out::Value{contract::words_of(due.needs)} : out::Value{}},
            {"pays", due.declared.keep->key},
            {"fee_at_most", due.fee_at_most ? out::Value{*due.fee_at_most} : out::Value{}}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto chosen = choose(ctx, args);
    const auto& network = chosen.front().network;
    ctx.require_network(network, "what is declared", ctx.globals().network);
    const auto client = ctx.make_rpc(network);
    out::Records records, due;
    for (const auto& declared : chosen) {
        const auto one = look(ctx, *client, declared);
        if (!one.needs.empty()) due.push_back(record_of(one));
    }
    if ((!due.empty() || ctx.globals().dry_run) && !ctx.may_move({network, "keep", {{"contracts", due}}}))
        return ExitCode::ok;
    const out::PassphraseSource passphrase{args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input};
    std::map<std::string, contract::Keyring> rings; // each key is unlocked once
    for (const auto& declared : chosen) {
        const auto& key = declared.keep->key;
        auto& keys = rings.try_emplace(key, ctx, key, std::vector<std::string>{}, passphrase).first->second;
        contract::refuse_treasury(ctx, network, keys.source());
        const auto kept = contract::keep_alive(ctx, {*client, keys}, declared);
        records.push_back({{"contract", declared.name},
                           {"network", network},
                           {"lives_until", std::int64_t{kept.rent.until}},
                           {"ledgers_left", kept.rent.left},
                           {"restored", kept.restored > 0},
                           {"extended", kept.extended > 0},
                           {"fee", kept.fee}});
    }
    ctx.list({{"contract", "contract"},
              {"ledgers_left", "ledgers left"},
              {"restored", "restored"},
              {"extended", "extended"},
              {"fee", "fee"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract keep",
    .summary = "Pay the rent of declared contracts where it is due",
    .details =
        "Of those whose manifest says keep: restored when archived, extended when less is left than it says, for no "
        "more than it allows. The job contract-keep does the same by itself: passa job run contract-keep.",
    .options = {positional("CONTRACT", &Args::contracts, "Declared contracts; default: all of the network"),
                option("passphrase-fd", &Args::passphrase_fd, "N",
                       "Read the key's passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the key's passphrase from the first line of this file")},
    .examples = {{"passa contract keep --network testnet", "shows what is due, asks, pays"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::contract_keep
