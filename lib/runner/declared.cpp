// Zone arithmetic happens in SQL (migration 0013).
#include "lib/runner/declared.hpp"

#include "runner_sql.hpp"

namespace passa::runner {
namespace {

Upkeep read_upkeep(const db::Row& row, std::int64_t kept) {
    Upkeep upkeep{std::chrono::seconds{kept},
                  {},
                  row.get<std::optional<std::string>>("copy_folder"),
                  row.get<std::optional<std::string>>("copy_key").value_or(""),
                  row.get<std::optional<std::int64_t>>("copies")};
    if (const auto every = row.get<std::optional<std::int64_t>>("copy_seconds"))
        upkeep.copy_every = std::chrono::seconds{*every};
    return upkeep;
}

std::vector<Declared> load_named(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& name,
                                 Instant now) {
    std::vector<Declared> all;
    for (const auto& row : tx.run(sql::load_declared, organizer, name, now)) {
        const auto timeout = row.get<std::optional<std::int64_t>>("timeout_seconds");
        Declared each{row.get<std::string>("name"), row.get<std::string>("job"), row.get<std::string>("scope"),
                      row.get<std::string>("schedule"), row.get<std::string>("zone")};
        if (timeout) each.timeout = std::chrono::seconds{*timeout};
        each.max_catchup = row.get<std::int64_t>("max_catchup");
        each.items_per_minute = row.get<std::optional<int>>("items_per_minute");
        each.network = row.get<std::optional<std::string>>("network");
        if (const auto folder = row.get<std::optional<std::string>>("folder"))
            each.watched = {*folder, row.get<std::string>("profile"),
                            std::chrono::seconds{row.get<std::int64_t>("quiet_seconds")},
                            row.get<std::optional<std::int64_t>>("max_refused")};
        if (const auto kept = row.get<std::optional<std::int64_t>>("keep_seconds"))
            each.upkeep = read_upkeep(row, *kept);
        each.next = row.get<std::optional<Instant>>("next_at");
        all.push_back(std::move(each));
    }
    return all;
}

} // namespace

Instant get_time(db::Transaction& tx) { return tx.run(sql::get_time).one().get<Instant>("now"); }

std::vector<Declared> load_declared(db::Transaction& tx, OrganizerId organizer, Instant now) {
    return load_named(tx, organizer, std::nullopt, now);
}

std::optional<Declared> find_declared(db::Transaction& tx, OrganizerId organizer, std::string_view name, Instant now) {
    auto found = load_named(tx, organizer, std::string{name}, now);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<RunKey> load_due(db::Transaction& tx, OrganizerId organizer, const Declared& declared,
                             const DueFilter& filter) {
    std::vector<RunKey> due;
    for (const auto& row : tx.run(sql::load_due, organizer, declared.name, filter.until, filter.most))
        due.push_back({declared.job, declared.scope, row.get<Instant>("period_start"), row.get<Instant>("period_end")});
    return due;
}

} // namespace passa::runner
