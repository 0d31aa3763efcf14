// passa localnet down: stop the local network; it keeps what it knows.
#include "cli/context.hpp"
#include "cli/localnet/network.hpp"

namespace passa::cli::localnet_down {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const auto ending = localnet::Network{ctx.home()}.stop();
    ctx.note(!ending                               ? "the local network was not running"
             : *ending == localnet::Ending::forced ? "the local network did not end in time and was killed; its "
                                                     "journal keeps every closed ledger"
                                                   : "the local network is stopped");
    if (ctx.is_for_tools()) ctx.show({{"stopped", ending.has_value()}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "localnet down",
    .summary = "Stop the local Stellar network",
    .details = "Accounts and ledgers stay for the next `passa localnet up`.",
    .examples = {{"passa localnet down", "leave nothing running"}},
    .exits = {{ExitCode::unauthorised, "another user started it"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::localnet_down
