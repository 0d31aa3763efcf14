// passa event list: the organizer's events and how they sell.
#include "cli/context.hpp"
#include "lib/event/event.hpp"

namespace passa::cli::event_list {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const auto org = ctx.organizer();
    const auto events = ctx.read([&](db::Transaction& tx) { return event::load_events(tx, org); });
    out::Records records;
    for (const auto& e : events)
        records.push_back({{"name", e.name},
                           {"title", e.title},
                           {"starts_at", e.starts_at},
                           {"zone", e.zone},
                           {"currency", e.currency.id},
                           {"sold", e.sold},
                           {"capacity", e.capacity}});
    ctx.list({{"name", "NAME"},
              {"title", "TITLE"},
              {"starts_at", "STARTS"},
              {"sold", "SOLD"},
              {"capacity", "CAPACITY"},
              {"currency", "CURRENCY"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "event list",
    .summary = "List events with tickets sold and capacity",
    .examples = {{"passa event list", "all events of the organizer"}},
    .run = runner(run),
};

} // namespace passa::cli::event_list
