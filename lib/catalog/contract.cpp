// From the stored spec; the field table has checked it.
#include "lib/catalog/contract.hpp"

#include "lib/catalog/read.hpp"

#include <nlohmann/json.hpp>

namespace passa::catalog {
namespace {

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
