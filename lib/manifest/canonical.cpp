// Sorted keys, text as text: two files that say the same have the same canonical form.
#include "lib/manifest/field.hpp"

#include <nlohmann/json.hpp>

namespace passa::manifest {
namespace {

nlohmann::json to_json(const Node& node) {
    switch (node.type) {
    case Node::Type::scalar: return node.text;
    case Node::Type::list: {
        auto list = nlohmann::json::array();
        for (const auto& item : node.items) list.push_back(to_json(item));
        return list;
    }
    case Node::Type::map: {
        auto map = nlohmann::json::object();
        for (const auto& entry : node.entries) map[entry.key] = to_json(entry.value);
        return map;
    }
    case Node::Type::null: return nullptr;
    }
    return nullptr;
}

} // namespace

std::string canonical_spec(const Manifest& manifest) { return to_json(manifest.spec()).dump(); }

} // namespace passa::manifest
