// The networks in use, each of its servers asked: does it answer, for the right network, with a fresh ledger, and is
// our clock the one that ledgers are closed by?
#include "cli/context.hpp"
#include "cli/doctor/finding.hpp"
#include "cli/localnet/network.hpp"
#include "cli/network/endpoint.hpp"
#include "lib/catalog/network.hpp"

#include <algorithm>

namespace passa::cli::doctor {

using std::chrono::seconds;

constexpr seconds k_server_patience{10};

std::vector<std::string> networks_in_use(Context& ctx) {
    auto names = ctx.networks_in_use();
    if (localnet::Network{ctx.home()}.find_running()) names.emplace_back(localnet::k_name);
    if (const auto chosen = ctx.chosen_network()) names.push_back(*chosen);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Finding judge_server(const stellar::rpc::EndpointReport& report, const stellar::rpc::Servers& servers) {
    const auto check = "network " + servers.network;
    const auto state = passa::cli::network::state_of(report, servers.most_behind);
    if (report.problem && servers.network == localnet::k_name && report.problem->code == "rpc.unreachable")
        return {check, false, report.problem->message, "start it: passa localnet up; for another server: PASSA_RPC_URL",
                report.problem->code};
    if (report.problem) return {check, false, report.problem->message, report.problem->hint, report.problem->code};
    if (state == "behind")
        return {check, false,
                fmt::format("{}: the newest ledger is {} s old", report.origin,
                            std::chrono::duration_cast<seconds>(*report.behind).count()),
                "use another server, or set this machine's clock if it is fast", "rpc.behind"};
    if (state == "ahead")
        return {check, false,
                fmt::format("{}: the newest ledger closes {} s from now by this machine's clock", report.origin,
                            std::chrono::duration_cast<seconds>(*report.ahead).count()),
                "set the clock, for example with systemd-timesyncd", "config.clock"};
    return {check, true,
            report.behind ? fmt::format("{}: ledger {}, {} s old", report.origin, report.health->latest_ledger,
                                        std::chrono::duration_cast<seconds>(*report.behind).count())
                          : fmt::format("{}: ledger {}", report.origin, report.health->latest_ledger)};
}

std::vector<Finding> check_network(Context& ctx, const std::string& name) {
    std::vector<Finding> findings;
    const auto whole = look("network " + name, [&] {
        auto client = ctx.make_rpc(name, k_server_patience);
        for (const auto& report : client->look()) findings.push_back(judge_server(report, client->servers()));
        return std::string{};
    });
    return whole.good ? findings : std::vector{whole};
}

std::vector<Finding> check_networks(Context& ctx) {
    std::vector<std::string> names;
    const auto listed = look("networks", [&] {
        names = networks_in_use(ctx);
        return std::string{"none is in use yet"};
    });
    if (!listed.good || names.empty()) return {listed};
    std::vector<Finding> findings;
    for (const auto& name : names)
        for (auto& finding : check_network(ctx, name)) findings.push_back(std::move(finding));
    return findings;
}

} // namespace passa::cli::doctor
