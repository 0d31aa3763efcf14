// passa sale list: the newest sales of an event and what became of them.
#include "cli/context.hpp"
#include "cli/sale/records.hpp"
#include "lib/event/event.hpp"

namespace passa::cli::sale_list {

struct Args {
    std::string event;
    std::optional<std::string> status;
    std::optional<std::int64_t> limit;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto sales = ctx.read([&](db::Transaction& tx) {
        return sale::load_sales(tx, org,
                                {event::get_event(tx, org, args.event).id, args.status, args.limit.value_or(100)});
    });
    out::Records records;
    for (const auto& s : sales)
        records.push_back({{"sale", s.id.text()},
                           {"order", s.order_ref},
                           {"line", s.line_ref},
                           {"tier", s.tier},
                           {"status", s.status},
                           {"quantity", s.quantity},
                           {"code", s.code},
                           {"creator", s.creator},
                           {"gross", s.gross},
                           {"net", s.net},
                           {"eligible", s.eligible},
                           {"sold_at", s.sold_at}});
    ctx.list({{"order", "ORDER"},
              {"line", "LINE"},
              {"tier", "TIER"},
              {"status", "STATUS"},
              {"code", "CODE"},
              {"gross", "GROSS"},
              {"sold_at", "SOLD"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale list",
    .summary = "List the sales of an event, newest first",
    .details = std::string{k_eligible_rule},
    .options = {option("event", &Args::event, "NAME", "The event"),
                option("status", &Args::status, "STATUS",
                       "Only paid, partially_refunded, refunded, cancelled or chargeback"),
                option("limit", &Args::limit, "N", "How many; default 100")},
    .examples = {{"passa sale list --event nairobi-live --status refunded", "refunded sales"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_list
