// passa localnet key: a ready-made account's key into the keystore, so that passa can sign for it.
#include "cli/context.hpp"
#include "cli/key/keep.hpp"
#include "cli/localnet/network.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/ready_accounts.hpp"

namespace passa::cli::localnet_key {

struct Args {
    std::int64_t number = 0;
    std::string name;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto servers = localnet::servers_of(localnet::Network{ctx.home()});
    const auto pair = stellar::ready_key(stellar::make_network_id(servers.passphrase), args.number);
    return keep_key(ctx, args.name, pair, {args.passphrase_fd, args.passphrase_file, true, !ctx.globals().no_input});
}

extern const Command k_command = {
    .path = "localnet key",
    .summary = "Keep the key of a ready-made account of the local network",
    .options = {positional("NUMBER", &Args::number, "The account's number in `passa localnet accounts`"),
                option("name", &Args::name, "NAME", "The key's name in the keystore"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa localnet key 0 --name demo-treasury", "sign for the treasury of the examples"}},
    .exits = {{ExitCode::busy, "the local network does not run"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::localnet_key
