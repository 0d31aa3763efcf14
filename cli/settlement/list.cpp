// passa settlement list: what was settled, newest first.
#include "cli/context.hpp"
#include "lib/event/event.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::cli::settlement_list {

struct Args {
    std::optional<std::string> event;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto settlements = ctx.read([&](db::Transaction& tx) {
        const auto event = args.event ? std::optional{event::get_event(tx, org, *args.event).id} : std::nullopt;
        return settle::load_settlements(tx, org, event);
    });
    out::Records records;
    for (const auto& s : settlements)
        records.push_back({{"id", s.id.text()},
                           {"event", s.event_name},
                           {"through", s.through},
                           {"lines", s.lines},
                           {"settled_by", s.settled_by},
                           {"settled_at", s.settled_at}});
    ctx.list({{"id", "ID"},
              {"event", "EVENT"},
              {"through", "THROUGH"},
              {"lines", "LINES"},
              {"settled_by", "BY"},
              {"settled_at", "AT"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "settlement list",
    .summary = "List settlements, newest first",
    .options = {option("event", &Args::event, "NAME", "Only of this event")},
    .examples = {{"passa settlement list --event nairobi-live", "of one event"}},
    .run = runner(run),
};

} // namespace passa::cli::settlement_list
