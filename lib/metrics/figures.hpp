// What is counted for Prometheus: how each job fares, and the few figures that should be zero. Labels are job and scope
// alone, and bounded: whoever watches must not drown in what is watched.
#pragma once
#include "lib/db/database.hpp"

#include <string>
#include <vector>

namespace passa::metrics {

struct JobFigures {
    std::string job;
    std::string scope;                   // empty: all of the organizer
    std::optional<Instant> started_at;   // none: never
    std::optional<Instant> succeeded_at; // none: never
    std::optional<Duration> took;        // of the last run that ended
    std::optional<int> exit_code;
    std::int64_t items_processed = 0;
    std::int64_t items_failed = 0;
    std::optional<Instant> declared_at; // none: asked for by hand
    std::optional<std::int64_t> period_seconds;
    bool has_open_circuit = false; // a server that it needs stayed away, and nothing was done since
};

struct IngestLag {
    std::string treasury;
    std::int64_t ledgers = 0; // from what its last reconciliation read to the newest ledger that a payout was made at
};

struct Figures {
    std::vector<JobFigures> jobs; // declared ones and those that ran last, at most k_most_jobs
    std::vector<IngestLag> lags;
    std::int64_t payouts_unknown = 0;
    std::int64_t breaks_open = 0;
    std::int64_t outbox_oldest_seconds = 0; // 0: nothing waits
    std::int64_t outbox_dead = 0;           // notices given up in the last day
    std::string imbalance_units;            // how far the books are off, over all assets: a whole number
};
inline constexpr std::int64_t k_most_jobs = 200; // pairs of job and scope

Figures load_figures(db::Transaction& tx, OrganizerId organizer);

} // namespace passa::metrics
