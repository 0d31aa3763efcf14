// passa payout list: batches, newest first.
#include "cli/context.hpp"
#include "cli/payout/records.hpp"
#include "cli/spec/limited.hpp"
#include "lib/event/event.hpp"

namespace passa::cli::payout_list {

struct Args {
    std::optional<std::string> event;
    RowLimit limit{100};
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto batches = ctx.read([&](db::Transaction& tx) {
        const auto event = args.event ? std::optional{event::get_event(tx, org, *args.event).id} : std::nullopt;
        return payout::load_batches(tx, org, event, args.limit.rows);
    });
    out::Records records;
    for (const auto& b : batches)
        records.push_back({{"batch", b.id.text()},
                           {"state", b.state},
                           {"event", b.event_name},
                           {"treasury", b.treasury_name},
                           {"network", b.network},
                           {"payouts", b.payouts},
                           {"paid", b.paid},
                           {"open", b.open},
                           {"not_paid", b.not_paid},
                           {"total", b.total},
                           {"made_by", b.made_by},
                           {"made_at", b.made_at}});
    ctx.list({{"batch", "BATCH"},
              {"state", "STATE"},
              {"event", "EVENT"},
              {"payouts", "PAYOUTS"},
              {"paid", "PAID"},
              {"open", "OPEN"},
              {"not_paid", "NOT PAID"},
              {"total", "TOTAL"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "payout list",
    .summary = "List payout batches, newest first",
    .options = {option("event", &Args::event, "NAME", "Only of this event"), limit_option(&Args::limit)},
    .examples = {{"passa payout list --event nairobi-live", "of one event"}},
    .run = runner(run),
};

} // namespace passa::cli::payout_list
