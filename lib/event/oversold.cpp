// Rows to what an auditor reads.
#include "lib/event/oversold.hpp"

#include "event_sql.hpp"

namespace passa::event {

std::vector<Oversold> load_oversold(db::Transaction& tx, OrganizerId organizer, EventId event) {
    std::vector<Oversold> all;
    for (const auto& row : tx.run(sql::load_oversold, organizer, event))
        all.push_back({row.get<std::string>("tier"), row.get<std::int64_t>("capacity"), row.get<std::int64_t>("sold"),
                       row.get<IdBytes>("import_id"), row.get<Instant>("recorded_at")});
    return all;
}

} // namespace passa::event
