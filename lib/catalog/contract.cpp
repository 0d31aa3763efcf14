// From the stored spec; the field table has checked it.
#include "lib/catalog/contract.hpp"

#include "lib/catalog/read.hpp"

#include <nlohmann/json.hpp>

namespace passa::catalog {
namespace {

Duration read_duration(const nlohmann::json& spec, const char* field, const char* usual) {
    return parse_duration(spec.value(field, usual)).value_or_throw();
}

Keep read_keep(const nlohmann::json& spec, const Contract& contract) {
    return {spec.value("key", contract.key), read_duration(spec, "atLeast", k_keep_at_least),
            read_duration(spec, "extendTo", k_keep_extend_to),
            money::parse_number(spec.value("maxFee", k_keep_max_fee), k_fee_asset).value_or_throw()};
}

Contract read_contract(const Object& object) {
    const auto spec = nlohmann::json::parse(object.spec);
    Contract contract;
    contract.name = object.name;
    contract.network = spec.value("network", "");
    contract.wasm = spec.value("wasm", "");
    contract.address = spec.value("address", "");
    contract.asset = spec.value("asset", "");
    contract.sha256 = spec.value("sha256", "");
    contract.key = spec.value("key", "");
    contract.salt = spec.value("salt", "");
    if (const auto it = spec.find("arguments"); it != spec.end()) contract.arguments = it->dump();
    if (const auto it = spec.find("keep"); it != spec.end()) contract.keep = read_keep(*it, contract);
    contract.keeps_events = spec.value("keepEvents", contract.wasm.empty() ? "false" : "true") == "true";
    contract.anchors = spec.value("anchors", contract.anchors);
    return contract;
}

std::vector<Contract> load(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& name) {
    std::vector<Contract> contracts;
    for (const auto& object : load_objects(tx, organizer, "Contract", name))
        if (!object.archived) contracts.push_back(read_contract(object));
    return contracts;
}

} // namespace

std::optional<Contract> find_contract(db::Transaction& tx, OrganizerId organizer, const std::string& name) {
    auto found = load(tx, organizer, name);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<Contract> load_contracts(db::Transaction& tx, OrganizerId organizer) { return load(tx, organizer, {}); }

} // namespace passa::catalog
