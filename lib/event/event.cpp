// Rows to events.
#include "lib/event/event.hpp"

#include "event_sql.hpp"
#include "lib/base/text.hpp"

namespace passa::event {

Event get_event(db::Transaction& tx, OrganizerId organizer, std::string_view name) {
    if (const auto row = tx.run(sql::find_event, organizer, name).find())
        return {row->get<EventId>("id"),
                row->get<std::string>("name"),
                row->get<std::string>("title"),
                row->get<std::string>("zone"),
                money::Asset{row->get<std::string>("currency_id"), row->get<int>("scale")},
                row->get<std::string>("oversell") == "record"};
    std::vector<std::string> known;
    for (const auto& row : tx.run(sql::load_event_names, organizer)) known.push_back(row.get<std::string>("name"));
    const auto near = nearest_names(name, known);
    throw Error{
        {Kind::not_found, "event.not_found", fmt::format("there is no event {}", printable(name, 60)),
         near.empty() ? "list them with: passa event list" : fmt::format("did you mean {}?", join(near, ", "))}};
}

std::vector<EventSummary> load_events(db::Transaction& tx, OrganizerId organizer) {
    std::vector<EventSummary> events;
    for (const auto& row : tx.run(sql::load_events, organizer))
        events.push_back({row.get<std::string>("name"), row.get<std::string>("title"), row.get<Instant>("starts_at"),
                          row.get<std::string>("zone"),
                          money::Asset{row.get<std::string>("currency_id"), row.get<int>("scale")},
                          row.get<std::int64_t>("sold"), row.get<std::optional<std::int64_t>>("capacity")});
    return events;
}

} // namespace passa::event
