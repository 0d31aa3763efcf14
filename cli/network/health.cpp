// passa network health: every endpoint of a network asked by itself, and what each says.
#include "cli/context.hpp"
#include "cli/network/endpoint.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/rpc/client.hpp"

namespace passa::cli::network_health {

struct Args {
    std::string network;
};

using std::chrono::duration_cast;

out::Record as_record(const stellar::rpc::EndpointReport& report, const std::string& state) {
    const auto number = [&](auto member) {
        return report.health ? out::Value{std::int64_t{(*report.health).*member}} : out::Value{nullptr};
    };
    return {{"endpoint", printable(report.origin, 120)},
            {"state", state},
            {"latest_ledger", number(&stellar::rpc::Health::latest_ledger)},
            {"oldest_ledger", number(&stellar::rpc::Health::oldest_ledger)},
            {"behind_seconds",
             report.behind ? out::Value{std::int64_t{duration_cast<std::chrono::seconds>(*report.behind).count()}}
                           : out::Value{nullptr}},
            {"ahead_seconds", report.ahead
                                  ? out::Value{std::int64_t{duration_cast<std::chrono::seconds>(*report.ahead).count()}}
                                  : out::Value{nullptr}},
            {"protocol", report.network ? out::Value{std::int64_t{report.network->protocol}} : out::Value{nullptr}},
            {"milliseconds", std::int64_t{duration_cast<std::chrono::milliseconds>(report.took).count()}},
            {"problem", report.problem ? out::Value{report.problem->message} : out::Value{nullptr}}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto most_behind = ctx.network(args.network).most_behind;
    std::size_t good = 0;
    bool is_elsewhere = false;
    out::Records records;
    for (const auto& report : ctx.make_rpc(args.network)->look()) {
        const auto state = network::state_of(report, most_behind);
        good += state == "healthy" ? 1U : 0U;
        is_elsewhere = is_elsewhere || state == "rpc.wrong_network";
        records.push_back(as_record(report, state));
    }
    ctx.list({{"endpoint", "ENDPOINT"},
              {"state", "STATE"},
              {"latest_ledger", "LEDGER"},
              {"behind_seconds", "BEHIND (S)"},
              {"milliseconds", "TOOK (MS)"},
              {"problem", "PROBLEM"}},
             records);
    if (good == 0) return is_elsewhere ? ExitCode::configuration : ExitCode::busy; // waiting does not mend a wrong URL
    return good == records.size() ? ExitCode::ok : ExitCode::partial;
}

extern const Command k_command = {
    .path = "network health",
    .summary = "Check every RPC server of a network",
    .details =
        "Says for each endpoint whether it can be reached, belongs to the network it is declared for (its "
        "passphrase), and how old its newest ledger is by this machine's clock: `behind` when too old, `ahead` when it "
        "closes in the future, which says that this machine's clock is slow.",
    .options = {positional("NETWORK", &Args::network, "A declared Network, or public, testnet, futurenet, standalone")},
    .examples = {{"passa network health testnet", "its servers, ledgers and lag"}},
    .exits = {{ExitCode::partial, "some endpoints are unhealthy"},
              {ExitCode::busy, "no endpoint is healthy"},
              {ExitCode::configuration, "none is, and one is a server of another network"}},
    .run = runner(run),
};

} // namespace passa::cli::network_health
