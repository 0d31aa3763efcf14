// One query a panel.
#include "lib/overview/overview.hpp"

#include "overview_sql.hpp"

namespace passa::overview {
namespace {

using money::Amount;
using OptionalInstant = std::optional<Instant>;

Amount amount_of(const std::string& minor, const money::Asset& asset) {
    return {money::parse_int128(minor).value_or_throw(), asset};
}

std::vector<EventNow> read_events(const db::Rows& rows) {
    std::vector<EventNow> events;
    for (const auto& row : rows) {
        const money::Asset currency{row.get<std::string>("currency_id"), row.get<int>("scale")};
        events.push_back({row.get<std::string>("name"), row.get<std::int64_t>("sold"),
                          row.get<std::optional<std::int64_t>>("capacity"), row.get<std::int64_t>("lines"),
                          row.get<std::int64_t>("unsettled"), row.get<bool>("is_importing"),
                          row.get<OptionalInstant>("imported_at"), row.get<OptionalInstant>("through"),
                          amount_of(row.get<std::string>("net"), currency)});
    }
    return events;
}

std::vector<PayoutsNow> read_payouts(const db::Rows& rows) {
    std::vector<PayoutsNow> payouts;
    for (const auto& row : rows) {
        const money::Asset asset{row.get<std::string>("asset_id"), row.get<int>("scale")};
        const auto total = row.get<std::optional<std::string>>("total");
        payouts.push_back({row.get<std::string>("state"), asset.id, row.get<std::int64_t>("payouts"),
                           total ? std::optional{amount_of(*total, asset)} : std::nullopt,
                           row.get<OptionalInstant>("since")});
    }
    return payouts;
}

std::vector<JobNow> read_jobs(const db::Rows& rows) {
    std::vector<JobNow> jobs;
    for (const auto& row : rows)
        jobs.push_back({row.get<std::string>("name"), row.get<std::string>("job"), row.get<std::string>("scope"),
                        row.get<bool>("is_declared"), row.get<bool>("is_paused"), row.get<OptionalInstant>("due_since"),
                        row.get<OptionalInstant>("next_end"), row.get<std::string>("worker"),
                        row.get<std::string>("last_state"), row.get<std::optional<int>>("last_exit"),
                        row.get<OptionalInstant>("last_at"), row.get<std::string>("last_error")});
    return jobs;
}

std::vector<BreaksNow> read_breaks(const db::Rows& rows) {
    std::vector<BreaksNow> breaks;
    for (const auto& row : rows)
        breaks.push_back({row.get<std::string>("type"), row.get<std::string>("treasury"),
                          row.get<std::int64_t>("breaks"), row.get<Instant>("since")});
    return breaks;
}

} // namespace

Overview load_overview(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event, Instant now) {
    return {tx.run(sql::get_organizer, organizer).one().get<std::string>("title"),
            read_events(tx.run(sql::load_events, organizer, event, now, k_most_events)),
            read_payouts(tx.run(sql::load_payouts, organizer, event, now, k_most_payouts_over)),
            read_jobs(tx.run(sql::load_jobs, organizer, now, k_most_jobs)),
            read_breaks(tx.run(sql::load_breaks, organizer))};
}

} // namespace passa::overview
