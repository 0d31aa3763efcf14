// passa event oversold: what was sold beyond capacity and taken in all the same.
#include "lib/event/oversold.hpp"

#include "cli/context.hpp"
#include "lib/sale/import.hpp"

namespace passa::cli::event_oversold {

struct Args {
    std::string event;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto oversold = ctx.read(
        [&](db::Transaction& tx) { return event::load_oversold(tx, org, event::get_event(tx, org, args.event).id); });
    out::Records records;
    for (const auto& o : oversold)
        records.push_back({{"tier", o.tier},
                           {"capacity", o.capacity},
                           {"sold", o.sold},
                           {"import", ImportId{o.import}.text()},
                           {"recorded_at", o.recorded_at}});
    ctx.list({{"tier", "TIER"},
              {"capacity", "CAPACITY"},
              {"sold", "SOLD"},
              {"import", "IMPORT"},
              {"recorded_at", "RECORDED"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "event oversold",
    .summary = "List the imports that left a tier above its capacity",
    .details = "An Event refuses such orders (sale.over_capacity) unless its manifest says `oversell: record`: then "
               "they are booked, and each import that left a tier too full is kept here for ever.",
    .options = {positional("EVENT", &Args::event, "The event")},
    .examples = {{"passa event oversold nairobi-live", "which tiers, by how much, since which import"}},
    .run = runner(run),
};

} // namespace passa::cli::event_oversold
