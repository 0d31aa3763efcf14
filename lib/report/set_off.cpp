// One row of the query is one line: what is credited elsewhere is debited here.
#include "lib/report/set_off.hpp"

#include "report_sql.hpp"

namespace passa::report {
namespace {

std::string what_of(const db::Row& row) {
    const bool of_this_payout = row.get<bool>("of_this_payout");
    if (of_this_payout && row.get<bool>("on_this_event")) return "Payout, found paid after it was given up";
    if (of_this_payout) return fmt::format("Set against what you owe for {}", row.get<std::string>("booked_event"));
    return fmt::format("Set against your payout for {}", row.get<std::string>("paid_event"));
}

} // namespace

std::vector<AccountLine> load_set_off(db::Transaction& tx, OrganizerId organizer, EventId event, PartyId party) {
    std::vector<AccountLine> lines;
    for (const auto& row : tx.run(sql::load_set_off, organizer, event, party)) {
        const auto amount = row.amount("amount");
        const bool of_this_payout = row.get<bool>("of_this_payout");
        const bool on_this_event = row.get<bool>("on_this_event");
        lines.push_back({row.get<Instant>("posted_at"),
                         row.get<std::string>("at"),
                         what_of(row),
                         id_text::encode("pay", row.get<IdBytes>("payout_id")),
                         "",
                         of_this_payout && !on_this_event ? -amount : amount,
                         {},
                         !(of_this_payout && on_this_event)});
    }
    return lines;
}

} // namespace passa::report
