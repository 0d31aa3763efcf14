// passa contract list and calls: what is declared, and what was sent about contracts.
#include "cli/contract/place.hpp"
#include "lib/base/text.hpp"
#include "lib/contract/call.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

namespace passa::cli {

namespace {

struct ListArgs {};

struct CallsArgs {
    std::optional<RowLimit> limit;
};

std::string origin_of(const catalog::Contract& one) {
    if (!one.wasm.empty()) return one.wasm;
    return one.asset.empty() ? one.address : one.asset;
}

// A key that is not on this machine: then where it is deployed cannot be told here.
out::Value address_of(Context& ctx, const catalog::Contract& one) {
    try {
        return stellar::xdr::to_text(contract::id_of(ctx, one));
    } catch (const Error& error) {
        if (error.first().kind != Kind::not_found && error.first().kind != Kind::configuration) throw;
        return {};
    }
}

ExitCode run_list(Context& ctx, const ListArgs&) {
    const auto owner = ctx.organizer();
    out::Records records;
    for (const auto& one : ctx.read([&](db::Transaction& tx) { return catalog::load_contracts(tx, owner); }))
        records.push_back({{"contract", one.name},
                           {"network", one.network},
                           {"from", origin_of(one)},
                           {"address", address_of(ctx, one)}});
    ctx.list({{"contract", "contract"}, {"network", "network"}, {"from", "from"}, {"address", "address"}}, records);
    return ExitCode::ok;
}

ExitCode run_calls(Context& ctx, const CallsArgs& args) {
    const auto owner = ctx.organizer();
    const auto limit = args.limit ? args.limit->rows : 50;
    out::Records records;
    for (const auto& call :
         ctx.read([&](db::Transaction& tx) { return passa::contract::load_calls(tx, owner, limit); }))
        records.push_back({{"call", call.id.text()},
                           {"made_at", call.made_at},
                           {"what", printable(call.wanted.words, 2000)},
                           {"contract", call.wanted.contract},
                           {"network", call.attempt.network},
                           {"state", call.state},
                           {"reason", call.reason},
                           {"transaction", call.attempt.key},
                           {"fee", call.charged},
                           {"by", call.actor}});
    ctx.list(
        {{"made_at", "made"}, {"what", "what"}, {"state", "state"}, {"fee", "fee"}, {"transaction", "transaction"}},
        records);
    return ExitCode::ok;
}

} // namespace

namespace contract_list {
extern const Command k_command = {
    .path = "contract list",
    .summary = "List the declared contracts and their addresses",
    .examples = {{"passa contract list", "by name"}},
    .run = runner(run_list),
};
} // namespace contract_list

namespace contract_calls {
extern const Command k_command = {
    .path = "contract calls",
    .summary = "List what was sent about contracts, the newest first",
    .details = "Uploads, creations and calls, each with what became of its transaction: confirmed, dead (it came to "
               "nothing, and never can), or unknown, which the next command from the same account asks for first.",
    .options = {option("limit", &CallsArgs::limit, "N", "How many at most; default: 50")},
    .examples = {{"passa contract calls --limit 5", "the last five"}},
    .run = runner(run_calls),
};
} // namespace contract_calls

} // namespace passa::cli
