// Events as commands and imports need them: found by name, with what is sold.
#pragma once
#include "lib/ledger/account.hpp"

#include <optional>
#include <vector>

namespace passa::event {

struct Event {
    EventId id;
    std::string name;
    std::string title;
    std::string zone; // IANA
    money::Asset currency;
    bool record_oversell = false; // else an import over capacity is refused
};

// Error event.not_found with the nearest names.
Event get_event(db::Transaction& tx, OrganizerId organizer, std::string_view name);

struct EventSummary {
    std::string name;
    std::string title;
    Instant starts_at;
    std::string zone;
    money::Asset currency;
    std::int64_t sold = 0;
    std::optional<std::int64_t> capacity; // none: some tier is unlimited
};

std::vector<EventSummary> load_events(db::Transaction& tx, OrganizerId organizer);

} // namespace passa::event
