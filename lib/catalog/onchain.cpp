// What can be told from the manifests alone; the contract itself is asked when money is to go there.
#include "lib/catalog/onchain.hpp"

#include "catalog_sql.hpp"
#include "lib/catalog/contract.hpp"
#include "lib/catalog/network.hpp"

namespace passa::catalog {
namespace {

struct Pair {
    Contract contract;
    Treasury treasury;
};

void check_currency(Store& store, const Spec& onchain, const IdBytes& event, const Pair& pair) {
    const auto row = store.tx.run(sql::find_event_currency, store.organizer, event).one();
    const auto currency = row.get<std::string>("currency_id");
    if (pair.treasury.asset.id == currency && pair.treasury.asset.scale == 7) return;
    onchain.refuse(store, "treasury",
                   {Kind::invalid_input, "split.onchain_currency",
                    fmt::format("the event sells in {}, treasury {} pays in {}: a contract shares one asset of its "
                                "network, to the unit",
                                currency, pair.treasury.name, pair.treasury.asset.id),
                    "sell in an asset of the network (XLM or CODE:ISSUER), or leave onchain out"});
}

void check_contract(Store& store, const Spec& onchain, const Pair& pair) {
    const auto& [contract, treasury] = pair;
    if (treasury.network != contract.network)
        onchain.refuse(store, "treasury",
                       {Kind::invalid_input, "split.onchain_network",
                        fmt::format("contract {} is on {}, treasury {} on {}", contract.name, contract.network,
                                    treasury.name, treasury.network.value_or("no network")),
                        "name a treasury on the contract's network"});
    if (contract.wasm.empty() || !contract.keeps_events)
        onchain.refuse(store, "contract",
                       {Kind::invalid_input, "split.onchain_contract",
                        contract.wasm.empty() ? fmt::format("contract {} is none that passa deploys", contract.name)
                                              : fmt::format("nothing keeps what contract {} tells", contract.name),
                        contract.wasm.empty() ? "give it wasm, sha256 and key" : "leave its keepEvents out"});
}

void check_bound(Store& store, const Spec& onchain, const IdBytes& plan, const Contract& contract) {
    const auto row = store.tx.run(sql::find_onchain_other, store.organizer, plan, contract.name).find();
    if (row)
        onchain.refuse(store, "contract",
                       {Kind::invalid_input, "split.onchain_taken",
                        fmt::format("contract {} serves split plan {}", contract.name, row->get<std::string>("plan")),
                        "deploy one of its own for each plan"});
}

// Once money may be there, the plan does not leave it by an edit.
void check_stays(Store& store, const Spec& spec, const IdBytes& plan, const std::optional<Onchain>& wanted) {
    const auto row = store.tx.run(sql::find_onchain_own, store.organizer, plan).find();
    if (!row) return;
    const auto contract = row->get<std::string>("contract"), treasury = row->get<std::string>("treasury");
    if (wanted && wanted->contract == contract && wanted->treasury == treasury) return;
    spec.refuse(store, "onchain",
                {Kind::refused, "split.onchain_fixed",
                 fmt::format("contract {} and treasury {} hold money of this plan", contract, treasury),
                 "put them back; what the contract does not pay is released: passa escrow release"});
}

} // namespace

std::optional<Onchain> resolve_onchain(Store& store, const Spec& spec, const IdBytes& event, const IdBytes& plan) {
    const auto onchain = spec.find_object("onchain");
    std::optional<Onchain> wanted;
    if (onchain) wanted = Onchain{onchain->text("contract"), onchain->text("treasury")};
    check_stays(store, spec, plan, wanted);
    if (!onchain) return wanted;
    const bool is_known = find_reference(store, *onchain, "contract", "Contract").has_value();
    if (!find_reference(store, *onchain, "treasury", "Treasury") || !is_known) return wanted;
    const auto contract = find_contract(store.tx, store.organizer, wanted->contract);
    const auto treasury = find_treasury(store.tx, store.organizer, wanted->treasury);
    if (!contract || !treasury) return wanted; // known, and refused for a reason of its own
    const Pair pair{*contract, *treasury};
    check_currency(store, *onchain, event, pair);
    check_contract(store, *onchain, pair);
    check_bound(store, *onchain, plan, *contract);
    return wanted;
}

} // namespace passa::catalog
