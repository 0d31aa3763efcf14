// passa network list: the networks that can be named, and the servers that would be asked.
#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <algorithm>

namespace passa::cli::network_list {

struct Args {};

// Paths of providers' URLs often hold a key: only where they lead is shown.
std::string origins_of(const stellar::rpc::Servers& servers) {
    std::vector<std::string> origins;
    for (const auto& url : servers.endpoints) origins.push_back(printable(url.origin, 120));
    return join(origins, " ");
}

ExitCode run(Context& ctx, const Args&) {
    std::vector<std::string> names;
    for (const auto& known : stellar::k_known_networks) names.emplace_back(known.name);
    for (const auto& declared : ctx.declared_networks())
        if (std::find(names.begin(), names.end(), declared) == names.end()) names.push_back(declared);
    out::Records records;
    for (const auto& name : names) {
        const auto servers = ctx.network(name);
        records.push_back({{"name", name},
                           {"endpoints", origins_of(servers)},
                           {"passphrase", printable(servers.passphrase, 100)},
                           {"known", stellar::find_known_network(name).ok()}});
    }
    ctx.list({{"name", "NAME"}, {"endpoints", "ENDPOINTS"}, {"passphrase", "PASSPHRASE"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "network list",
    .summary = "List the networks that can be named",
    .details =
        "Those that everybody knows, and those that a manifest of kind Network declares. PASSA_RPC_URL replaces the "
        "servers of all of them. With two or more, of different owners, none can make passa pay twice by itself while "
        "the others still hold the time of the payment: that "
        "a payment failed or never happened is believed only when all of them say so. A single one must be trusted.",
    .examples = {{"passa network list", "names, servers and passphrases"}},
    .exits = {{ExitCode::configuration, "a declared endpoint cannot be used"}},
    .run = runner(run),
};

} // namespace passa::cli::network_list
