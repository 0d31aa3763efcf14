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

Node to_node(const nlohmann::json& value, const Node* like, Mark mark) {
    Node node;
    node.mark = like == nullptr ? mark : like->mark;
    if (value.is_string()) {
        node.type = Node::Type::scalar;
        node.text = value.get<std::string>();
    } else if (value.is_array()) {
        node.type = Node::Type::list;
        for (std::size_t i = 0; i < value.size(); ++i)
            node.items.push_back(
                to_node(value[i], like != nullptr && i < like->items.size() ? &like->items[i] : nullptr, node.mark));
    } else if (value.is_object()) {
        node.type = Node::Type::map;
        for (const auto& [key, item] : value.items()) {
            auto child = to_node(item, like == nullptr ? nullptr : like->find(key), node.mark);
            node.entries.push_back({key, child.mark, std::move(child)});
        }
    }
    return node;
}

} // namespace

Manifest with_spec(const Manifest& manifest, const std::string& canonical) {
    auto changed = manifest;
    for (auto& entry : changed.document.root.entries)
        if (entry.key == "spec") entry.value = to_node(nlohmann::json::parse(canonical), &manifest.spec(), entry.mark);
    return changed;
}

std::string canonical_spec(const Manifest& manifest) { return to_json(manifest.spec()).dump(); }

} // namespace passa::manifest
