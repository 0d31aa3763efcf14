// A walk of the three specs along the field table.
#include "lib/catalog/merge.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace passa::catalog {
namespace {

using Json = nlohmann::json;
using manifest::Field;
using manifest::FieldType;

struct Three { // null pointers: absent
    const Json* applied = nullptr;
    const Json* live = nullptr;
    const Json* file = nullptr;
};

bool same(const Json* a, const Json* b) { return a == nullptr || b == nullptr ? a == b : *a == *b; }

std::optional<std::string> text_of(const Json* value) {
    if (value == nullptr) return std::nullopt;
    return value->is_string() ? value->get<std::string>() : value->dump();
}

const Json* find(const Json* map, const std::string& key) {
    if (map == nullptr || !map->is_object()) return nullptr;
    const auto it = map->find(key);
    return it == map->end() ? nullptr : &*it;
}

// The items of a list by their first field, such as the name of a tier.
class Items {
public:
    Items(const Json* list, const std::string& key) {
        if (list == nullptr) return;
        for (const auto& item : *list) {
            const auto* name = find(&item, key);
            m_clear = m_clear && name != nullptr && name->is_string() && find_item(name->get<std::string>()) == nullptr;
            if (!m_clear) return;
            m_items.emplace_back(name->get<std::string>(), &item);
        }
    }
    [[nodiscard]] bool clear() const { return m_clear; } // every item has a name of its own
    [[nodiscard]] const Json* find_item(const std::string& name) const {
        const auto it = std::find_if(m_items.begin(), m_items.end(), [&](const auto& i) { return i.first == name; });
        return it == m_items.end() ? nullptr : it->second;
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const auto& item : m_items) out.push_back(item.first);
        return out;
    }

private:
    bool m_clear = true;
    std::vector<std::pair<std::string, const Json*>> m_items;
};

std::vector<std::string> united(std::vector<std::string> names, const std::vector<std::string>& more) {
    for (const auto& name : more)
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    return names;
}

std::vector<std::string> keys_of(const Json* map) {
    std::vector<std::string> keys;
    if (map != nullptr && map->is_object())
        for (const auto& [key, value] : map->items()) keys.push_back(key);
    return keys;
}

class Merger {
public:
    explicit Merger(bool overwrite) : m_overwrite(overwrite) {}
    Merged result;

    Json map(const std::vector<Field>& fields, const std::string& path, const Three& of) {
        Json out = Json::object();
        for (const auto& key : united(united(keys_of(of.file), keys_of(of.live)), keys_of(of.applied))) {
            const auto field =
                std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == key; });
            const auto here = path.empty() ? key : fmt::format("{}.{}", path, key);
            auto merged = value(field == fields.end() ? nullptr : &*field, here,
                                {find(of.applied, key), find(of.live, key), find(of.file, key)});
            if (merged) out[key] = std::move(*merged);
        }
        return out;
    }

private:
    std::optional<Json> value(const Field* field, const std::string& path, const Three& of) {
        if (same(of.live, of.file)) return taken(of.file);
        const bool both = of.live != nullptr && of.file != nullptr && field != nullptr && !field->fields.empty();
        if (both && field->type == FieldType::object) return map(field->fields, path, of);
        if (both && field->type == FieldType::list)
            if (auto merged = list(*field, path, of)) return merged;
        return whole(path, of);
    }

    // None when the items cannot be told apart: then the list is one value.
    std::optional<Json> list(const Field& field, const std::string& path, const Three& of) {
        const auto& key = field.fields.front().name;
        const Items applied{of.applied, key}, live{of.live, key}, file{of.file, key};
        if (!applied.clear() || !live.clear() || !file.clear()) return std::nullopt;
        Json out = Json::array();
        std::vector<std::string> order;
        for (const auto& name : united(united(file.names(), live.names()), applied.names())) {
            const Three item{applied.find_item(name), live.find_item(name), file.find_item(name)};
            const auto here = fmt::format("{}[{}]", path, name);
            auto merged = same(item.live, item.file)                     ? taken(item.file)
                          : item.live != nullptr && item.file != nullptr ? map(field.fields, here, item)
                                                                         : whole(here, item);
            if (!merged) continue;
            out.push_back(std::move(*merged));
            order.push_back(name);
        }
        note_order(path, live.names(), order);
        return out;
    }

    // The order of shares decides who gets a unit that is left over.
    void note_order(const std::string& path, std::vector<std::string> before, std::vector<std::string> after) {
        const std::set<std::string> kept{after.begin(), after.end()}, known{before.begin(), before.end()};
        std::erase_if(before, [&](const auto& name) { return !kept.contains(name); });
        std::erase_if(after, [&](const auto& name) { return !known.contains(name); });
        if (before == after) return;
        const auto was = fmt::format("{}", fmt::join(before, ", "));
        result.changes.push_back({path + " (order)", was, was, fmt::format("{}", fmt::join(after, ", "))});
    }

    std::optional<Json> whole(const std::string& path, const Three& of) {
        if (of.applied == nullptr && of.file == nullptr) return taken(of.live); // the file never spoke of it
        FieldDifference difference{path, text_of(of.applied), text_of(of.live), text_of(of.file)};
        const bool conflict = !same(of.live, of.applied) && !m_overwrite;
        (conflict ? result.conflicts : result.changes).push_back(std::move(difference));
        return taken(conflict ? of.live : of.file);
    }

    static std::optional<Json> taken(const Json* value) {
        return value == nullptr ? std::nullopt : std::optional{*value};
    }

    bool m_overwrite;
};

} // namespace

Merged merge(const std::vector<Field>& fields, const Specs& specs, bool overwrite) {
    const auto applied = Json::parse(specs.applied), live = Json::parse(specs.live), file = Json::parse(specs.file);
    Merger merger{overwrite};
    merger.result.spec = merger.map(fields, "", {&applied, &live, &file}).dump();
    return std::move(merger.result);
}

std::vector<std::string> top_fields(const std::vector<FieldDifference>& differences) {
    std::set<std::string> fields;
    for (const auto& d : differences) fields.insert(d.path.substr(0, d.path.find_first_of(".[ ")));
    return {fields.begin(), fields.end()};
}

} // namespace passa::catalog
