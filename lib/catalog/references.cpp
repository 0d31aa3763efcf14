// The one table of references between kinds.
#include "lib/catalog/references.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace passa::catalog {
namespace {

using Json = nlohmann::json;

struct Reference {
    std::string_view from;  // kind
    std::string_view list;  // a list or map of the spec that holds the field; empty: the spec itself
    std::string_view field; // empty: the list's items are names
    std::string_view to;    // kind
};

constexpr Reference k_references[] = {
    {"Event", "", "venue", "Venue"},
    {"Event", "", "currency", "Asset"},
    {"SplitPlan", "", "event", "Event"},
    {"SplitPlan", "", "feesFrom", "Party"},
    {"SplitPlan", "", "commissionFrom", "Party"},
    {"SplitPlan", "shares", "party", "Party"},
    {"SplitPlan", "onchain", "contract", "Contract"},
    {"SplitPlan", "onchain", "treasury", "Treasury"},
    {"Campaign", "", "event", "Event"},
    {"Campaign", "codes", "creator", "Creator"},
    {"Party", "payout", "asset", "Asset"},
    {"Creator", "payout", "asset", "Asset"},
    {"ExchangeRate", "", "from", "Asset"},
    {"ExchangeRate", "", "to", "Asset"},
    {"Treasury", "", "network", "Network"},
    {"Treasury", "", "asset", "Asset"},
    {"Treasury", "", "policy", "PayoutPolicy"},
    {"Contract", "", "network", "Network"},
    {"Contract", "anchors", "", "Event"},
    {"Job", "", "event", "Event"},
    {"Job", "", "treasury", "Treasury"},
    {"PayoutPolicy", "limits", "asset", "Asset"},
};

// A share may go to a creator too; an asset is named by its id, not by its object's name.
bool is_target(const Reference& reference, const Object& wanted) {
    return reference.to == wanted.kind || (reference.to == "Party" && wanted.kind == "Creator");
}

bool names(const Json& map, std::string_view field, const std::string& name) {
    if (field.empty()) return map == name;
    const auto it = map.is_object() ? map.find(std::string{field}) : map.end();
    return it != map.end() && *it == name;
}

bool names(const Json& spec, const Reference& reference, const std::string& name) {
    if (reference.list.empty()) return names(spec, reference.field, name);
    const auto it = spec.find(std::string{reference.list});
    if (it == spec.end()) return false;
    if (!it->is_array()) return names(*it, reference.field, name);
    return std::any_of(it->begin(), it->end(), [&](const Json& item) { return names(item, reference.field, name); });
}

std::string place_of(const Reference& reference) {
    const bool is_path = !reference.list.empty() && !reference.field.empty();
    return fmt::format("{}{}{}", reference.list, is_path ? "." : "", reference.field);
}

} // namespace

std::string name_in_specs(const Object& object) {
    if (object.kind != "Asset") return object.name;
    const auto spec = Json::parse(object.spec);
    const auto code = spec.value("code", "");
    return spec.contains("issuer") ? code + ":" + spec.value("issuer", "") : code;
}

std::vector<Mention> find_mentions(const std::vector<Object>& objects, const Object& wanted) {
    const auto name = name_in_specs(wanted);
    std::vector<Mention> mentions;
    for (const auto& object : objects) {
        const auto spec = Json::parse(object.spec);
        for (const auto& reference : k_references)
            if (reference.from == object.kind && is_target(reference, wanted) && names(spec, reference, name))
                mentions.push_back({object.kind, object.name, place_of(reference), object.archived});
    }
    return mentions;
}

} // namespace passa::catalog
