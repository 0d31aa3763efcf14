// passa sale list: the newest sales of an event and what became of them.
#include "cli/context.hpp"
#include "cli/sale/records.hpp"
#include "cli/spec/limited.hpp"
#include "lib/event/event.hpp"
#include "lib/sale/profile.hpp"

namespace passa::cli {

// What can become of a sale; `pending` and `ignore` are words for rows that never become one.
template <>
struct Words<sale::Status> {
    static constexpr std::pair<std::string_view, sale::Status> k_all[] = {
        {"paid", sale::Status::paid},
        {"partially_refunded", sale::Status::partially_refunded},
        {"refunded", sale::Status::refunded},
        {"cancelled", sale::Status::cancelled},
        {"chargeback", sale::Status::chargeback}};
};

} // namespace passa::cli

namespace passa::cli::sale_list {

struct Args {
    std::string event;
    std::optional<sale::Status> status;
    RowLimit limit{100};
};

out::Record record_of(const sale::SaleSummary& s) {
    return {{"sale", s.id.text()}, {"order", s.order_ref},   {"line", s.line_ref},     {"tier", s.tier},
            {"status", s.status},  {"quantity", s.quantity}, {"code", s.code},         {"creator", s.creator},
            {"gross", s.gross},    {"net", s.net},           {"eligible", s.eligible}, {"sold_at", s.sold_at}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    std::optional<std::string> status;
    if (args.status) status = sale::name(*args.status);
    const std::vector<out::Column> columns{{"order", "ORDER"},   {"line", "LINE"}, {"tier", "TIER"},
                                           {"status", "STATUS"}, {"code", "CODE"}, {"gross", "GROSS"},
                                           {"sold_at", "SOLD"}};
    ctx.read([&](db::Transaction& tx) {
        sale::SalePages pages{tx, org, {event::get_event(tx, org, args.event).id, status, args.limit.rows}};
        ctx.list_pages(columns, [&] {
            out::Records records;
            for (const auto& sale : pages.next()) records.push_back(record_of(sale));
            return records;
        });
    });
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale list",
    .summary = "List the sales of an event, newest first",
    .details = std::string{k_eligible_rule},
    .options = {option("event", &Args::event, "NAME", "The event"),
                option("status", &Args::status, "STATUS", "Only sales that stand so"), limit_option(&Args::limit)},
    .examples = {{"passa sale list --event nairobi-live --status refunded", "refunded sales"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_list
