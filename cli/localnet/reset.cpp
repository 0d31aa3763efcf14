// passa localnet reset: forget every account and ledger of the local network.
#include "cli/context.hpp"
#include "cli/localnet/network.hpp"
#include "lib/base/error.hpp"

namespace passa::cli::localnet_reset {

struct Args {
    bool yes = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const localnet::Network network{ctx.home()};
    if (!args.yes)
        throw Error{{Kind::usage, "localnet.needs_yes",
                     fmt::format("every account and ledger in {} would be gone", network.folder().string()),
                     "passa localnet reset --yes"}};
    const bool stopped = network.stop().has_value();
    network.drop_state();
    ctx.note(stopped ? "the local network is stopped and empty" : "the local network is empty");
    if (ctx.is_for_tools()) ctx.show({{"stopped", stopped}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "localnet reset",
    .summary = "Stop the local Stellar network and forget its accounts and ledgers",
    .details = "What passa's own database says of payments on it stays, and no longer fits.",
    .options = {flag("yes", &Args::yes, "Really do it")},
    .examples = {{"passa localnet reset --yes", "begin again at ledger 1"}},
    .exits = {{ExitCode::unauthorised, "another user started it"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::localnet_reset
