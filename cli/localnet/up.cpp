// passa localnet up: a Stellar network of one's own, on this machine.
#include "cli/context.hpp"
#include "cli/localnet/limits.hpp"
#include "cli/localnet/network.hpp"

namespace passa::cli::localnet_up {

struct Args {
    std::optional<std::int64_t> port;
    std::optional<Duration> close_every;
    std::optional<std::filesystem::path> limits;
    bool foreground = false;
};

ExitCode run(Context& ctx, const Args& args) {
    auto wanted = localnet::read_wanted(args.port, args.close_every);
    if (args.limits) wanted.limits = localnet::read_limits(*args.limits);
    const localnet::Network network{ctx.home()};
    if (args.foreground) network.become(wanted);
    const auto before = network.find_running();
    const auto running = network.start(wanted);
    if (before && before->process.pid == running.process.pid) ctx.note("the local network was running already");
    ctx.show(localnet::as_record(running));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "localnet up",
    .summary = "Start a local Stellar network in the background",
    .details =
        "Answers Stellar RPC, and gives 10,000 XLM to any new account by friendbot. It listens on this machine only. "
        "Accounts and ledgers stay from one start to the next: see `passa localnet reset`. Passa knows it as the "
        "network `standalone`, on whatever port. Contracts run under mainnet's limits and prices, but for those in the "
        "file of --limits: a list of ConfigSettingEntry in the JSON form of XDR (SEP-51), each whole.",
    .options = {option("port", &Args::port, "N", "Port to listen on, 0 for any free one (8000)"),
                option("close-every", &Args::close_every, "TIME", "Time between two ledgers, from 1s to 1h (1s)"),
                option("limits", &Args::limits, "FILE",
                       "Settings for contracts, as JSON, in place of mainnet's from now on"),
                flag("foreground", &Args::foreground, "Run in this terminal until Ctrl-C")},
    .examples = {{"passa localnet up", "start it, or say where it runs"},
                 {"passa localnet up --port 0 --json", "any free port, told to a script"},
                 {"passa localnet up --close-every 5s", "as slow as the public network"}},
    .exits = {{ExitCode::configuration, "its program is not there, or its folder cannot be used"},
              {ExitCode::busy, "it did not start: the port is taken, or the log says why"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::localnet_up
