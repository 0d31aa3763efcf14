// passa contract plan and diff: the declared contracts against the network. Both only look.
#include "cli/contract/deploy.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/prepare.hpp"

#include <algorithm>

namespace passa::cli {

namespace {

namespace soroban = stellar::contract;

struct PlanArgs {
    std::vector<std::string> contracts;
    std::optional<std::string> network;
};

std::vector<contract::Looked> look(Context& ctx, stellar::rpc::Client& client,
                                   const std::vector<catalog::Contract>& chosen) {
    std::vector<contract::Looked> all;
    for (const auto& declared : chosen) all.push_back(contract::look(ctx, client, declared));
    return all;
}

// Creating cannot be tried before its code is there.
std::optional<money::Amount> find_fee(Context& ctx, stellar::rpc::Client& client, contract::Looked& looked) {
    const auto steps = looked.steps();
    if (steps.empty()) return std::nullopt;
    contract::load_code(looked);
    const auto source = contract::deployer_of(ctx, looked.declared);
    const auto call =
        steps.front() == "upload" ? contract::upload_call(looked, source) : contract::create_call(ctx, looked, source);
    const auto simulation = soroban::simulate(client, call, soroban::Auth::record).value_or_throw();
    return stellar::stroops(soroban::reckon_fees(client, simulation.data, {}).value_or_throw().most());
}

ExitCode run_plan(Context& ctx, const PlanArgs& args) {
    const auto chosen = contract::choose(ctx, args.contracts, args.network);
    ctx.require_network(chosen.front().network, "what is declared", args.network);
    const auto client = ctx.make_rpc(chosen.front().network);
    out::Records records;
    for (auto& looked : look(ctx, *client, chosen)) {
        auto record = contract::record_of(looked);
        record.emplace_back("fee_of_first_step", find_fee(ctx, *client, looked));
        records.push_back(std::move(record));
    }
    ctx.list({{"contract", "contract"},
              {"state", "state"},
              {"steps", "steps"},
              {"fee_of_first_step", "fee of the first, at most"},
              {"address", "address"}},
             records);
    return ExitCode::ok;
}

ExitCode run_diff(Context& ctx, const PlanArgs& args) {
    const auto chosen = contract::choose(ctx, args.contracts, args.network);
    ctx.require_network(chosen.front().network, "what is declared", args.network);
    const auto client = ctx.make_rpc(chosen.front().network);
    out::Records records;
    for (const auto& looked : look(ctx, *client, chosen))
        if (looked.state != contract::State::deployed) records.push_back(contract::record_of(looked));
    ctx.list({{"contract", "contract"}, {"state", "state"}, {"runs", "runs"}, {"sha256", "declared"}}, records);
    return records.empty() ? ExitCode::ok : ExitCode::differs;
}

std::vector<Option> plan_options() {
    return {positional("CONTRACT", &PlanArgs::contracts, "Declared contracts; default: all of the network"),
            option("network", &PlanArgs::network, "NAME", "Only those on this network (also: PASSA_NETWORK)")};
}

} // namespace

namespace contract_plan {
extern const Command k_command = {
    .path = "contract plan",
    .summary = "Show what contract apply would do",
    .details = "For each declared contract: its address, whether it is there and runs the code that its manifest pins, "
               "and the steps that are missing.",
    .options = plan_options(),
    .examples = {{"passa contract plan --network testnet", "before an apply, or on a pull request"}},
    .exits = {{ExitCode::busy, "no server can be reached"}},
    .run = runner(run_plan),
};
} // namespace contract_plan

namespace contract_diff {
extern const Command k_command = {
    .path = "contract diff",
    .summary = "List contracts that are not as declared",
    .details = "absent: not deployed yet; archived: its rent was not paid; drifted: it runs other code than its "
               "manifest pins.",
    .options = plan_options(),
    .examples = {{"passa contract diff --network mainnet", "from a timer: exit 5 if anything differs"}},
    .exits = {{ExitCode::differs, "some are not as declared"}, {ExitCode::busy, "no server can be reached"}},
    .run = runner(run_diff),
};
} // namespace contract_diff

} // namespace passa::cli
