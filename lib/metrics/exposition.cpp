// Names and what they mean; alerts and the dashboard under templates/ are held to them by a test.
#include "lib/metrics/exposition.hpp"

#include <functional>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace passa::metrics {
namespace {

using Family = prometheus::MetricFamily;

double seconds(Instant at) { return std::chrono::duration<double>(at.time_since_epoch()).count(); }

void add(Family& family, double value, std::vector<prometheus::ClientMetric::Label> labels = {}) {
    prometheus::ClientMetric metric;
    metric.gauge.value = value;
    metric.label = std::move(labels);
    family.metric.push_back(std::move(metric));
}

Family one(const char* name, const char* help, double value) {
    Family family{name, help, prometheus::MetricType::Gauge, {}};
    add(family, value);
    return family;
}

using Pick = std::function<std::optional<double>(const JobFigures&)>; // none: the job has no such figure yet

Family of_jobs(const Figures& figures, const char* name, const char* help, const Pick& pick) {
    Family family{name, help, prometheus::MetricType::Gauge, {}};
    for (const auto& job : figures.jobs)
        if (const auto value = pick(job)) add(family, *value, {{"job", job.job}, {"scope", job.scope}});
    return family;
}

void add_jobs(std::vector<Family>& all, const Figures& figures) {
    using Job = const JobFigures&;
    all.push_back(of_jobs(figures, "passa_job_last_start_timestamp_seconds", "When the job last began.", [](Job job) {
        return job.started_at ? std::optional{seconds(*job.started_at)} : std::nullopt;
    }));
    all.push_back(
        of_jobs(figures, "passa_job_declared_timestamp_seconds", "Since when a manifest says when the job runs.",
                [](Job job) { return job.declared_at ? std::optional{seconds(*job.declared_at)} : std::nullopt; }));
    all.push_back(of_jobs(figures, "passa_job_period_seconds",
                          "How long a period of the job is, as its manifest declares it.", [](Job job) {
                              return job.period_seconds ? std::optional{static_cast<double>(*job.period_seconds)}
                                                        : std::nullopt;
                          }));
    all.push_back(
        of_jobs(figures, "passa_job_last_success_timestamp_seconds", "When the job last ended well.",
                [](Job job) { return job.succeeded_at ? std::optional{seconds(*job.succeeded_at)} : std::nullopt; }));
    all.push_back(
        of_jobs(figures, "passa_job_last_duration_seconds", "How long the last run that ended took.", [](Job job) {
            using Seconds = std::chrono::duration<double>;
            return job.took ? std::optional{Seconds(*job.took).count()} : std::nullopt;
        }));
    all.push_back(
        of_jobs(figures, "passa_job_last_exit_code", "The exit code of the last run that ended; 0: well.",
                [](Job job) { return job.exit_code ? std::optional<double>{*job.exit_code} : std::nullopt; }));
    all.push_back(
        of_jobs(figures, "passa_job_items_processed", "Items that the last run that ended has done.", [](Job job) {
            return job.started_at ? std::optional{static_cast<double>(job.items_processed)} : std::nullopt;
        }));
    all.push_back(
        of_jobs(figures, "passa_job_items_failed", "Items that the last run that ended gave up.", [](Job job) {
            return job.started_at ? std::optional{static_cast<double>(job.items_failed)} : std::nullopt;
        }));
    all.push_back(of_jobs(figures, "passa_job_circuit_open",
                          "1: a server that the job needs stayed away, and it begins less often.",
                          [](Job job) { return job.has_open_circuit ? 1.0 : 0.0; }));
}

} // namespace

std::vector<Family> families_of(const Figures& figures, const std::string& version) {
    std::vector<Family> all;
    add_jobs(all, figures);
    const auto count = [](std::int64_t n) { return static_cast<double>(n); };
    all.push_back(
        one("passa_payout_unknown", "Payouts whose outcome nobody knows yet.", count(figures.payouts_unknown)));
    Family lags{"passa_ingest_lag_ledgers",
                "How far the last reading of a treasury's chain is behind its newest payout.",
                prometheus::MetricType::Gauge,
                {}};
    for (const auto& lag : figures.lags) add(lags, count(lag.ledgers), {{"job", "reconcile"}, {"scope", lag.treasury}});
    all.push_back(std::move(lags));
    all.push_back(one("passa_recon_breaks_open", "Reconciliation breaks that are open.", count(figures.breaks_open)));
    all.push_back(one("passa_outbox_oldest_seconds", "Age of the oldest notice that waits to be sent; 0: none waits.",
                      count(figures.outbox_oldest_seconds)));
    all.push_back(one("passa_outbox_dead", "Notices given up in the last day.", count(figures.outbox_dead)));
    all.push_back(one("passa_ledger_imbalance_units", "How far the books are off, in smallest units over all assets.",
                      std::stod(figures.imbalance_units)));
    Family build{"passa_build_info", "1; the version that wrote this.", prometheus::MetricType::Gauge, {}};
    add(build, 1, {{"version", version}});
    all.push_back(std::move(build));
    std::erase_if(all, [](const Family& family) { return family.metric.empty(); }); // no job has run yet
    return all;
}

std::string text_of(const Figures& figures, const std::string& version) {
    return prometheus::TextSerializer{}.Serialize(families_of(figures, version));
}

} // namespace passa::metrics
