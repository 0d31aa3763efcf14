// One row a job and scope, one a treasury, one of everything else.
#include "lib/metrics/figures.hpp"

#include "metrics_sql.hpp"

namespace passa::metrics {

Figures load_figures(db::Transaction& tx, OrganizerId organizer) {
    Figures figures;
    for (const auto& row : tx.run(sql::load_job_figures, organizer, k_most_jobs)) {
        const auto took = row.get<std::optional<std::int64_t>>("took_us");
        figures.jobs.push_back(
            {row.get<std::string>("job"), row.get<std::string>("scope"), row.get<std::optional<Instant>>("started_at"),
             row.get<std::optional<Instant>>("succeeded_at"), took ? std::optional{Duration{*took}} : std::nullopt,
             row.get<std::optional<int>>("exit_code"), row.get<std::int64_t>("processed"),
             row.get<std::int64_t>("failed"), row.get<std::optional<Instant>>("declared_at"),
             row.get<std::optional<std::int64_t>>("period_seconds"), row.get<bool>("has_open_circuit")});
    }
    for (const auto& row : tx.run(sql::load_ingest_lags, organizer, k_most_jobs))
        figures.lags.push_back({row.get<std::string>("treasury"), row.get<std::int64_t>("lag")});
    const auto row = tx.run(sql::load_figures, organizer).one();
    figures.payouts_unknown = row.get<std::int64_t>("payouts_unknown");
    figures.breaks_open = row.get<std::int64_t>("breaks_open");
    figures.outbox_oldest_seconds = row.get<std::int64_t>("outbox_oldest_seconds");
    figures.outbox_dead = row.get<std::int64_t>("outbox_dead");
    figures.imbalance_units = row.get<std::string>("imbalance_units");
    return figures;
}

} // namespace passa::metrics
