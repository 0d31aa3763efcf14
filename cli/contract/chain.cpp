// Keys, servers and addresses, as commands reach them.
#include "cli/contract/chain.hpp"

#include "cli/contract/outbox.hpp"
#include "cli/contract/rent.hpp"
#include "cli/escrow/course.hpp"

namespace passa::cli::contract {
namespace {

using Rings = std::map<std::string, Keyring>; // each key is unlocked once

runner::Counts keep(Context& ctx, Rings& rings, const out::PassphraseSource& passphrase, runner::Item& item) {
    const auto declared = get_declared(ctx, item.key());
    if (!declared.keep)
        throw Error{{Kind::not_found, "contract.not_kept",
                     fmt::format("the manifest of {} does not say how it is kept any more", declared.name),
                     "leave it so, and this item goes by itself"}};
    auto& keys = rings.try_emplace(declared.keep->key, ctx, declared.keep->key, std::vector<std::string>{}, passphrase)
                     .first->second;
    refuse_treasury(ctx, declared.network, keys.source());
    const auto client = ctx.make_rpc(declared.network);
    const auto kept = keep_alive(ctx, {*client, keys, [&item] { item.require_live(); }}, declared);
    return {{"contracts", 1},
            {"extended", kept.extended},
            {"restored", kept.restored},
            {"stroops", static_cast<std::int64_t>(kept.fee.minor())}};
}

} // namespace

jobs::Chain make_chain(Context& ctx, const out::PassphraseSource& passphrase) {
    return {[&ctx](const std::string& network) { return ctx.make_rpc(network); },
            [&ctx](const catalog::Contract& declared) { return id_of(ctx, declared); },
            [&ctx, passphrase, rings = std::make_shared<Rings>()](runner::Item& item) {
                return keep(ctx, *rings, passphrase, item);
            },
            [&ctx, passphrase](runner::Item& item) { return send_queue(ctx, passphrase, item); },
            [&ctx, passphrase](runner::Item& item) { return escrow::pay_item(ctx, passphrase, item); }};
}

} // namespace passa::cli::contract
