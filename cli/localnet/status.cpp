// passa localnet status: whether it runs, and where.
#include "cli/context.hpp"
#include "cli/localnet/network.hpp"

namespace passa::cli::localnet_status {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const localnet::Network network{ctx.home()};
    const auto running = network.find_running();
    auto record = running ? localnet::as_record(*running)
                          : out::Record{{"state", "stopped"},
                                        {"rpc", nullptr},
                                        {"passphrase", nullptr},
                                        {"friendbot", nullptr},
                                        {"pid", nullptr}};
    record.emplace_back("folder", network.folder().string());
    ctx.show(record);
    return running ? ExitCode::ok : ExitCode::failed;
}

extern const Command k_command = {
    .path = "localnet status",
    .summary = "Show whether the local Stellar network runs, and where",
    .examples = {{"passa localnet status --json", "the same for scripts"},
                 {"passa localnet status --quiet || passa localnet up", "start it when it does not run"}},
    .exits = {{ExitCode::failed, "it does not run"}},
    .run = runner(run),
};

} // namespace passa::cli::localnet_status
