// What an import must know of the event: its tiers under every name that exports give them, and whether a plan covers
// their sales.
#pragma once
#include "lib/event/event.hpp"

#include <unordered_map>

namespace passa::sale {

struct Tier {
    IdBytes id{};
    std::string uuid;
    std::string name;
    money::Int128 price = 0; // in the event's currency; 0: free
    std::optional<std::int64_t> capacity;
    std::int64_t sold = 0;
};

class Catalog {
public:
    event::Event event;
    std::vector<Tier> tiers;
    bool has_lines = false;      // something was imported for the event before
    bool has_windows = false;    // some tier's sale begins or ends
    bool always_planned = false; // every tier has a plan for every time: no row needs to be checked

    // By a name as exports write it, in any case.
    [[nodiscard]] const Tier* find_tier(std::string_view text) const;
    [[nodiscard]] std::size_t index_of(const Tier& tier) const {
        return static_cast<std::size_t>(&tier - tiers.data());
    }
    [[nodiscard]] std::vector<std::string> known_names() const;

    void add_name(std::string lower_name, std::size_t tier) { m_by_name.try_emplace(std::move(lower_name), tier); }

private:
    std::unordered_map<std::string, std::size_t> m_by_name;
    mutable std::string m_lower; // reused: this is asked once a row
};

// Errors event.not_found, sale.event_archived, sale.no_tiers, sale.no_plan.
Catalog load_catalog(db::Transaction& tx, OrganizerId organizer, std::string_view event_name);
// That rows read and checked by `catalog` can still be booked. Errors as above, and sale.catalog_changed.
void require_same_catalog(db::Transaction& tx, OrganizerId organizer, const Catalog& catalog);

} // namespace passa::sale
