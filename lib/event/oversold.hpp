// What was sold beyond a tier's capacity: kept for ever when the event's policy takes such sales in.
#pragma once
#include "lib/event/event.hpp"

namespace passa::event {

struct Oversold { // as one import left it
    std::string tier;
    std::int64_t capacity = 0;
    std::int64_t sold = 0;
    IdBytes import{}; // an ImportId of lib/sale
    Instant recorded_at;
};

std::vector<Oversold> load_oversold(db::Transaction& tx, OrganizerId organizer, EventId event);

} // namespace passa::event
