// Rows to a Catalog; an event that cannot take sales is refused here, before a file is opened.
#include "lib/sale/catalog.hpp"

#include "lib/base/text.hpp"
#include "sale_sql.hpp"

#include <algorithm>

namespace passa::sale {

const Tier* Catalog::find_tier(std::string_view text) const {
    m_lower.assign(text);
    for (char& c : m_lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto it = m_by_name.find(m_lower);
    return it == m_by_name.end() ? nullptr : &tiers[it->second];
}

std::vector<std::string> Catalog::known_names() const {
    std::vector<std::string> names;
    for (const auto& [name, index] : m_by_name) names.push_back(name);
    return names;
}

Catalog load_catalog(db::Transaction& tx, OrganizerId organizer, std::string_view event_name) {
    Catalog catalog;
    catalog.event = event::get_event(tx, organizer, event_name);
    if (!tx.run(sql::find_archived, organizer, catalog.event.id).empty())
        throw Error{{Kind::refused, "sale.event_archived",
                     fmt::format("the event {} is archived and takes no sales", catalog.event.name),
                     "apply its manifest again to take it up: passa apply FILE"}};
    catalog.always_planned = true;
    for (const auto& row : tx.run(sql::load_tiers, organizer, catalog.event.id)) {
        Tier tier;
        tier.id = row.get<IdBytes>("id");
        tier.uuid = id_text::uuid(tier.id);
        tier.name = row.get<std::string>("name");
        if (row.get<std::string>("asset_id") == catalog.event.currency.id)
            tier.price = row.get<money::Int128>("price_minor");
        tier.capacity = row.get<std::optional<std::int64_t>>("capacity");
        tier.sold = row.get<std::int64_t>("sold");
        const auto planned_from = row.get<std::optional<Instant>>("planned_from");
        if (!planned_from)
            throw Error{
                {Kind::refused, "sale.no_plan",
                 fmt::format("no split plan says whose the sales of tier {} of {} are", tier.name, catalog.event.name),
                 "apply a SplitPlan for the event first: passa apply FILE"}};
        catalog.always_planned = catalog.always_planned && *planned_from == Instant::min();
        catalog.has_windows = catalog.has_windows || row.get<bool>("has_window");
        catalog.add_name(to_lower(tier.name), catalog.tiers.size());
        for (const auto& name : row.get<std::vector<std::string>>("match_names"))
            catalog.add_name(to_lower(name), catalog.tiers.size());
        catalog.tiers.push_back(std::move(tier));
    }
    if (catalog.tiers.empty())
        throw Error{{Kind::refused, "sale.no_tiers",
                     fmt::format("the event {} has no tiers to sell", catalog.event.name),
                     "add tiers to its manifest and apply it: passa apply FILE"}};
    catalog.has_lines = !tx.run(sql::find_any_line, organizer, catalog.event.id).empty();
    return catalog;
}

void require_same_catalog(db::Transaction& tx, OrganizerId organizer, const Catalog& catalog) {
    const auto now = load_catalog(tx, organizer, catalog.event.name);
    const bool same = now.event.id == catalog.event.id && now.event.currency == catalog.event.currency &&
                      std::equal(now.tiers.begin(), now.tiers.end(), catalog.tiers.begin(), catalog.tiers.end(),
                                 [](const Tier& a, const Tier& b) {
                                     return a.id == b.id && a.capacity == b.capacity && a.price == b.price;
                                 });
    if (!same)
        throw Error{{Kind::busy, "sale.catalog_changed",
                     fmt::format("the event {} was changed while its sales were imported", catalog.event.name),
                     "run the import again: it goes on where it stopped"}};
}

} // namespace passa::sale
