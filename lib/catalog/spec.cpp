// Conversions of checked text.
#include "lib/catalog/spec.hpp"

#include "catalog_sql.hpp"

#include <algorithm>

namespace passa::catalog {

Store open_store(db::Transaction& tx, OrganizerId organizer, IdSource& ids, Clock& clock) {
    tx.run(sql::lock_catalog, organizer);
    return {tx, organizer, ids, clock.now(), {}, {}};
}

const manifest::Node& Spec::get(std::string_view key) const {
    const auto* node = m_node.find(key);
    PASSA_ASSERT(node != nullptr); // the field table says that it is required
    return *node;
}

std::optional<std::string> Spec::find_text(std::string_view key) const {
    const auto* node = m_node.find(key);
    return node == nullptr ? std::nullopt : std::optional{node->text};
}

std::optional<std::int64_t> Spec::find_integer(std::string_view key) const {
    const auto text = find_text(key);
    return text ? std::optional{static_cast<std::int64_t>(std::stoll(*text))} : std::nullopt;
}

std::optional<Duration> Spec::find_duration(std::string_view key) const {
    const auto said = find_text(key);
    return said ? std::optional{parse_duration(*said).value_or_throw()} : std::nullopt;
}

std::optional<Instant> Spec::find_instant(std::string_view key) const {
    const auto text = find_text(key);
    return text ? std::optional{parse_instant(*text).value_or_throw()} : std::nullopt;
}

std::optional<Spec> Spec::find_object(std::string_view key) const {
    const auto* node = m_node.find(key);
    return node == nullptr ? std::nullopt : std::optional{Spec{m_manifest, *node}};
}

std::vector<Spec> Spec::objects(std::string_view key) const {
    std::vector<Spec> out;
    if (const auto* node = m_node.find(key))
        for (const auto& item : node->items) out.emplace_back(m_manifest, item);
    return out;
}

std::vector<std::string> Spec::texts(std::string_view key) const {
    std::vector<std::string> out;
    if (const auto* node = m_node.find(key))
        for (const auto& item : node->items) out.push_back(item.text);
    return out;
}

money::Amount Spec::amount(Store& store, std::string_view key) const {
    const auto all = text(key);
    const auto parts = money::split_amount_text(all).value_or_throw();
    const auto asset = ensure_asset(store, parts.asset_id);
    if (!asset) return refuse(store, key, asset.problem()), money::Amount{};
    const auto amount = money::parse_number(parts.number, *asset);
    if (!amount) return refuse(store, key, amount.problem()), money::Amount{0, *asset};
    return *amount;
}

std::optional<money::Amount> Spec::find_amount(Store& store, std::string_view key) const {
    return m_node.find(key) == nullptr ? std::nullopt : std::optional{amount(store, key)};
}

void Spec::refuse(Store& store, std::string_view key, Problem problem, std::string note) const {
    if (problem.code.empty()) return store.problems.push_back(std::move(problem)); // follows from another
    const auto* node = key.empty() ? nullptr : m_node.find(key);
    problem.place = m_manifest.place(node == nullptr ? m_node.mark : node->mark, std::move(note));
    if (problem.kind != Kind::refused) problem.kind = Kind::invalid_input;
    store.problems.push_back(std::move(problem));
}

Result<money::Asset> ensure_asset(Store& store, std::string_view id) {
    if (const auto row = store.tx.run(sql::find_asset, store.organizer, id).find())
        return money::Asset{std::string{id}, row->get<int>("scale")};
    auto currency = money::find_currency(id);
    if (currency) store.tx.run(sql::insert_asset, store.organizer, currency->id, currency->scale);
    const auto is_asset = [](const auto& object) { return object.first == "Asset"; };
    if (!currency && std::any_of(store.lost.begin(), store.lost.end(), is_asset)) return follows(); // one of those
    return currency;
}

} // namespace passa::catalog
