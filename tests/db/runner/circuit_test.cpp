// A server that stays away is left alone: three items in a row, then none before a while has passed, then one try.
#include "lib/runner/circuit.hpp"
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;
using runner::RunState;

namespace {

constexpr db::Statement k_passes{
    "test.passes",
    "UPDATE job_circuit SET open_until = clock_timestamp() - interval '1 second' WHERE open_until IS NOT NULL"};
constexpr db::Statement k_told{
    "test.told", "SELECT round(extract(epoch FROM open_until - changed_at))::bigint AS seconds FROM job_circuit"};

struct Outage {
    Outage() : org(fresh.add_organizer("demo")), worker(fresh, org, 1) { worker.desk.declared = "nightly"; }

    runner::Report run(int number, const std::vector<std::string>& keys = {"a", "b", "c", "d", "e"}) {
        seen.clear();
        return worker.execute(day(number), {items(keys), [this](runner::Item& item) {
                                                seen.push_back(item.key());
                                                if (!away.empty() && item.key() != works)
                                                    throw Error{{kind, away, "it does not answer", ""}};
                                                worker.done(item, {});
                                            }});
    }
    std::optional<runner::Circuit> circuit() {
        return db::transact(worker.db, {org, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return runner::find_circuit(tx, org, {"sweep", ""});
        });
    }
    void let_it_pass() {
        db::transact(fresh.owner(), {}, [&](db::Transaction& tx) { tx.run(k_passes); });
    }
    std::int64_t wait() {
        return db::transact(fresh.owner(), {},
                            [&](db::Transaction& tx) { return tx.run(k_told).one().get<std::int64_t>("seconds"); });
    }

    FreshDatabase fresh;
    OrganizerId org;
    Worker worker;
    std::string away = "rpc.no_answer"; // empty: it is back
    std::string works;                  // this item does
    Kind kind = Kind::unavailable;
    std::vector<std::string> seen;
};

} // namespace

TEST_CASE("the third item in a row that fails for the same server ends the run", "[runner]") {
    Outage outage;
    const auto report = outage.run(1);
    CHECK(outage.seen.size() == 15); // a, b and c, five times each
    CHECK(outage.seen.back() == "c");
    CHECK(report.run.state == RunState::failed);
    CHECK(report.run.exit_code == 75);
    CHECK(report.run.error_code == "job.circuit_open");
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].message.find("rpc stayed away from 3 items of sweep in a row: it does not answer") == 0);
    CHECK(outage.wait() == 300);
}

TEST_CASE("until it has waited, a declared job is not begun; a person may try", "[runner]") {
    Outage outage;
    outage.run(1);
    CHECK(problem_code([&] { outage.run(1); }) == "job.circuit_open");
    CHECK(outage.seen.empty());
    outage.worker.desk.declared.clear();
    outage.away.clear();
    CHECK(outage.run(1).run.state == RunState::done);
    CHECK_FALSE(outage.circuit());
}

TEST_CASE("after the wait one item tries once, and waits twice as long when it fails", "[runner]") {
    Outage outage;
    outage.run(1);
    for (const std::int64_t seconds : {600, 1200, 2400, 3600, 3600}) {
        outage.let_it_pass();
        CHECK(outage.run(1).run.error_code == "job.circuit_open");
        CHECK(outage.seen == std::vector<std::string>{"a"});
        CHECK(outage.wait() == seconds);
    }
    outage.let_it_pass();
    outage.away.clear();
    CHECK(outage.run(1).run.state == RunState::done);
    CHECK_FALSE(outage.circuit());
}

TEST_CASE("failures count over runs, and what is done between them begins anew", "[runner]") {
    Outage outage;
    for (int number = 1; number <= 2; ++number) {
        CHECK(outage.run(number, {"a"}).run.error_code == "rpc.no_answer");
        CHECK(outage.circuit()->failures == number);
        CHECK_FALSE(outage.circuit()->open_until);
    }
    outage.works = "b";
    CHECK(outage.run(3, {"b", "c"}).run.error_code == "rpc.no_answer");
    CHECK(outage.circuit()->failures == 1);
    outage.away = "db.connection_lost"; // another one is counted for itself
    CHECK(outage.run(4, {"d"}).run.error_code == "db.connection_lost");
    CHECK(outage.circuit()->failures == 1);
    CHECK(outage.circuit()->dependency == "database");
}

TEST_CASE("only what stays away opens it: a lock, or an item of which something is wrong, does not", "[runner]") {
    Outage outage;
    outage.kind = Kind::busy;
    outage.away = "db.locked";
    outage.run(1);
    CHECK_FALSE(outage.circuit());
    outage.away = "payout.busy";
    outage.run(2);
    outage.kind = Kind::failed;
    outage.away = "rpc.refused";
    outage.run(3);
    CHECK_FALSE(outage.circuit());
    outage.kind = Kind::busy;
    outage.away = "rpc.busy"; // it asks for less
    outage.run(4);
    CHECK(outage.circuit()->is_open);
}

TEST_CASE("a rate is kept between items, by a clock that is no machine's", "[runner]") {
    Outage outage;
    outage.away.clear();
    outage.worker.items_per_minute = 60;
    outage.run(1);
    CHECK(outage.worker.slept == std::vector<Duration>(4, std::chrono::seconds{1}));
}
