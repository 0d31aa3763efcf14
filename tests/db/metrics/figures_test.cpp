// Figures that need a world of their own: a chain that was read, and more scopes than anybody should be shown.
#include "lib/metrics/figures.hpp"
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::test;

namespace {

metrics::Figures figures(db::Database& db, OrganizerId org) {
    return db::transact(db, {org, db::Isolation::repeatable_read, true},
                        [&](db::Transaction& tx) { return metrics::load_figures(tx, org); });
}

} // namespace

TEST_CASE("how far the reading of a chain is behind its newest payout is counted in ledgers", "[metrics]") {
    TreasuryFixture f;
    f.show_funding(f.xlm(100'0000000));
    f.show_funding(f.usdc(500'0000000));
    CHECK(figures(f.db.app(), f.org).lags.empty()); // never read
    f.run();
    REQUIRE(figures(f.db.app(), f.org).lags.size() == 1);
    CHECK(figures(f.db.app(), f.org).lags[0].ledgers == 0);
    f.pay({70'0000000});
    auto& owner = f.db.owner().connection();
    owner.raw(fmt::format("SET passa.organizer = '{}'", f.org.uuid()));
    owner.raw("ALTER TABLE treasury DISABLE TRIGGER ALL");
    owner.raw("ALTER TABLE payout_attempt DISABLE TRIGGER ALL");
    owner.raw("UPDATE treasury SET network_name = (SELECT max(network) FROM payout_attempt)");
    owner.raw("UPDATE payout_attempt SET first_ledger = 123 + (SELECT max(to_ledger) FROM recon_run)");
    owner.raw("ALTER TABLE payout_attempt ENABLE TRIGGER ALL");
    CHECK(figures(f.db.app(), f.org).lags.at(0).ledgers == 123);
}

TEST_CASE("a declared job is counted however many others ran since", "[metrics]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    auto& owner = fresh.owner().connection();
    owner.raw(fmt::format("SET passa.organizer = '{}'", org.uuid()));
    owner.raw(
        fmt::format("INSERT INTO job_declared VALUES ('{0}', '{0}', 'weekly', 'sweep', 'hall', 'every monday', 0, 180, "
                    "1, '2026-11-01T12:00:00Z', NULL, 7)",
                    org.uuid()));
    owner.raw(fmt::format("INSERT INTO job_run (organizer_id, id, job, scope, period_start, period_end, state, "
                          "attempts, exit_code, asked_by, "
                          "code_version, started_at, finished_at) SELECT '{}', gen_random_uuid(), 'sweep', n::text, "
                          "now(), now(), 'done', 1, 0, "
                          "'ann', 'v', now(), now() FROM generate_series(1, {}) n",
                          org.uuid(), metrics::k_most_jobs + 50));
    const auto jobs = figures(fresh.app(), org).jobs;
    REQUIRE(jobs.size() == static_cast<std::size_t>(metrics::k_most_jobs));
    const auto declared = std::find_if(jobs.begin(), jobs.end(), [](const auto& job) { return job.scope == "hall"; });
    REQUIRE(declared != jobs.end());
    CHECK(declared->period_seconds == 7 * 86'400);
    CHECK_FALSE(declared->started_at);
    CHECK_FALSE(jobs.front().period_seconds.has_value());
}

TEST_CASE("a look at the jobs reads the newest runs of each, however many there were", "[metrics]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    auto& owner = fresh.owner().connection();
    owner.raw(fmt::format("SET passa.organizer = '{}'", org.uuid()));
    // Three scopes; of each 2,000 runs a minute apart, then one that failed and one that is under way.
    owner.raw(fmt::format("INSERT INTO job_run (organizer_id, id, job, scope, period_start, period_end, state, "
                          "attempts, exit_code, asked_by, code_version, started_at, finished_at) "
                          "SELECT '{}', gen_random_uuid(), 'sweep', s, t, t, CASE n WHEN 2001 THEN 'failed' WHEN 2002 "
                          "THEN 'running' ELSE 'done' END, 1, CASE n WHEN 2001 THEN 1 WHEN 2002 THEN NULL ELSE 0 END, "
                          "'ann', 'v', t, CASE WHEN n < 2002 THEN t + n * interval '1 ms' END "
                          "FROM unnest(ARRAY['', 'hall', 'tent']) s, generate_series(1, 2002) n, "
                          "LATERAL (SELECT timestamptz '2026-11-01T00:00:00Z' + n * interval '1 min' AS t) at",
                          org.uuid()));
    owner.raw("ANALYZE job_run");
    const db::Statement rows_read{"test.rows_read", "SELECT seq_tup_read + idx_tup_fetch AS rows "
                                                    "FROM pg_stat_xact_user_tables WHERE relname = 'job_run'"};
    db::transact(fresh.app(), {org, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        const auto jobs = metrics::load_figures(tx, org).jobs;
        REQUIRE(jobs.size() == 3);
        for (const auto& job : jobs) {
            CHECK(to_text(job.started_at.value()) == "2026-11-02T09:22:00Z");
            CHECK(to_text(job.succeeded_at.value()) == "2026-11-02T09:20:02Z");
            CHECK(job.took == std::chrono::milliseconds{2001});
            CHECK(job.exit_code == 1);
        }
        CHECK(tx.run(rows_read).one().get<std::int64_t>("rows") <= 30);
    });
}
