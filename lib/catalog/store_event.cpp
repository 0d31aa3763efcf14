// An event with its tiers. What was sold limits what may change: capacity, currency, and which tiers there are.
#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/store.hpp"

#include <algorithm>
#include <map>

namespace passa::catalog {
namespace {

struct KnownTier {
    IdBytes id{};
    std::int64_t sold = 0;
};

std::map<std::string, KnownTier> load_tiers(Store& store, const IdBytes& event) {
    std::map<std::string, KnownTier> tiers;
    for (const auto& row : store.tx.run(sql::load_tiers, store.organizer, event))
        tiers.emplace(row.get<std::string>("name"), KnownTier{row.get<IdBytes>("id"), row.get<std::int64_t>("sold")});
    return tiers;
}

void store_tier(Store& store, const Spec& tier, const IdBytes& event, std::map<std::string, KnownTier>& known) {
    const auto name = tier.text("name");
    const auto price = tier.amount(store, "price");
    const auto capacity = tier.find_integer("capacity");
    KnownTier before{store.ids.next(), 0};
    if (const auto it = known.find(name); it != known.end()) {
        before = it->second;
        known.erase(it);
    }
    if (capacity && *capacity < before.sold)
        return tier.refuse(
            store, "capacity",
            {Kind::refused, "event.capacity_below_sold",
             fmt::format("tier {} has sold {} tickets, a capacity of {} is too small", name, before.sold, *capacity),
             fmt::format("write {} or more", before.sold)});
    std::vector<std::string> match{to_lower(name), to_lower(tier.text("title"))};
    for (const auto& alias : tier.texts("aliases")) match.push_back(to_lower(trim(alias)));
    std::sort(match.begin(), match.end());
    match.erase(std::unique(match.begin(), match.end()), match.end());
    if (!store.problems.empty()) return;
    store.tx.run(sql::upsert_tier, store.organizer, event, before.id, name, tier.text("title"), match, price.minor(),
                 price.asset().id, capacity, tier.find_instant("saleFrom"), tier.find_instant("saleUntil"));
}

} // namespace

void store_event(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    find_reference(store, spec, "venue", "Venue");
    const auto currency = ensure_asset(store, spec.text("currency"));
    if (!currency) spec.refuse(store, "currency", currency.problem());
    if (store.tx.run(sql::find_zone, spec.text("zone")).empty())
        spec.refuse(store, "zone",
                    {Kind::invalid_input, "event.zone", fmt::format("there is no time zone {}", spec.text("zone")),
                     "write an IANA name such as Africa/Nairobi"});
    if (!store.problems.empty()) return;
    const auto before = store.tx.run(sql::find_event_currency, store.organizer, id).find();
    if (before && before->get<bool>("has_sales") && before->get<std::string>("currency_id") != currency->id)
        return spec.refuse(store, "currency",
                           {Kind::refused, "event.currency_fixed",
                            fmt::format("tickets were sold in {}: the currency cannot change",
                                        before->get<std::string>("currency_id")),
                            "put it back"});
    store.tx.run(sql::upsert_event, store.organizer, id, manifest.name, spec.text("title"), spec.find_text("venue"),
                 spec.text("zone"), currency->id, spec.instant("starts"), spec.instant("ends"),
                 spec.find_text("oversell").value_or("reject"));
    auto known = load_tiers(store, id);
    for (const auto& tier : spec.objects("tiers")) store_tier(store, tier, id, known);
    for (const auto& [name, tier] : known) { // no longer declared
        if (tier.sold != 0 || !store.tx.run(sql::find_tier_use, store.organizer, id, tier.id, store.now).empty())
            spec.refuse(store, "tiers",
                        {Kind::refused, "event.tier_in_use",
                         fmt::format("tier {} was sold or has a plan: it cannot be removed", name),
                         "keep it, with its capacity at what was sold"});
        else
            store.tx.run(sql::delete_tier, store.organizer, id, tier.id);
    }
}

} // namespace passa::catalog
