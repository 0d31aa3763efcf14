// passa localnet accounts: funded accounts to try things with.
#include "cli/context.hpp"
#include "cli/localnet/network.hpp"
#include "lib/stellar/ready_accounts.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"

namespace passa::cli::localnet_accounts {

struct Args {
    std::optional<std::int64_t> count;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto count = args.count.value_or(10);
    if (count < 1 || count > stellar::k_most_ready)
        throw Error{{Kind::usage, "localnet.count", fmt::format("--count must be from 1 to {}", stellar::k_most_ready),
                     "ask for fewer"}};
    stellar::rpc::Client client{ctx.poster(), ctx.clock(), localnet::servers_of(localnet::Network{ctx.home()})};
    stellar::make_ready_accounts(client, count);
    out::Records records;
    for (std::int64_t n = 0; n < count; ++n)
        records.push_back(
            {{"number", n},
             {"account", stellar::format_account(stellar::ready_key(client.network_id(), n).public_key())}});
    ctx.list({{"number", "NUMBER"}, {"account", "ACCOUNT"}}, records);
    ctx.note(fmt::format("each trusts {}; number 0 has some to pay with",
                         stellar::tx::to_text(stellar::ready_dollar(client.network_id()))));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "localnet accounts",
    .summary = "Make ready-made accounts on the local network, and list them",
    .details =
        "Each has 100 XLM and trusts the local dollar; number 0 holds enough of it to pay everybody in the examples. "
        "Their seeds are derived from the network's passphrase, so that an example can name them: everybody has them, "
        "and they are worth nothing on any other network. `passa localnet key` keeps one in the keystore.",
    .options = {option("count", &Args::count, "N", "How many (10)")},
    .examples = {{"passa localnet accounts --count 41", "those of manifests/examples/nairobi-live"}},
    .exits = {{ExitCode::busy, "the local network does not run"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::localnet_accounts
