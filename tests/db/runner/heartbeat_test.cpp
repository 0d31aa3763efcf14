// The lease lives with its worker's session and heartbeat, which has a thread and a connection of its own.
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace passa;
using namespace passa::test;
using runner::Lease;

namespace {

constexpr db::Statement k_session_ends{"test.session_ends", "SELECT pg_terminate_backend(session_pid) FROM lease"};

bool is_live(const Lease& lease) {
    return problem_code([&] { lease.require_live(); }).empty();
}

} // namespace

TEST_CASE("a worker whose session is gone holds nothing", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    second.desk.patience = std::chrono::seconds{3};
    const Lease dead{first.desk, day(1)};
    std::this_thread::sleep_for(std::chrono::milliseconds{500}); // the first beat: the lease lives with its session
    first.db.forget_connection();
    CHECK(problem_code([&] { const Lease more{second.desk, day(1)}; }) == "job.busy");
    db::transact(fresh.owner(), {}, [](db::Transaction& tx) { tx.run(k_session_ends); }); // and stands for a minute yet
    const Lease taken{second.desk, day(1)};
    CHECK(problem_code([&] { db::transact(first.db, {org}, [](db::Transaction&) {}); }) == "job.lease_lost");
}

TEST_CASE("the heartbeat keeps the lease, and keeps it over a broken connection of the worker", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    first.desk.lease = std::chrono::milliseconds{600};
    const Lease held{first.desk, day(1)};
    std::this_thread::sleep_for(std::chrono::milliseconds{1500});
    first.db.forget_connection();
    CHECK(is_live(held));
    CHECK(problem_code([&] { const Lease more{second.desk, day(1)}; }) == "job.busy");
    CHECK(problem_code([&] { db::transact(first.db, {org}, [](db::Transaction&) {}); }).empty());
}

TEST_CASE("a heartbeat that finds the lease gone says so", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    worker.desk.lease = std::chrono::seconds{3};
    const Lease lease{worker.desk, day(1)};
    CHECK(is_live(lease));
    let_time_pass(fresh);
    CHECK(becomes_true([&] { return !is_live(lease); }));
}

TEST_CASE("two missed beats in a row lose the lease, two apart do not", "[runner]") {
    const auto away = [](int beat) {
        if (beat % 2 == 1) throw Error{{Kind::unavailable, "test.away", "the database is away", ""}};
    };
    const db::ConnectOptions nowhere{"host=/nonexistent dbname=none", "passa.tests"};
    std::atomic<int> beats = 0;
    const lease::Heartbeat flaky{nowhere, std::chrono::milliseconds{300}, [&](db::Database&) {
                                     away(++beats);
                                     return true;
                                 }};
    REQUIRE(becomes_true([&] { return beats >= 6; }));
    CHECK_FALSE(flaky.is_lost());
    const lease::Heartbeat cut{nowhere, std::chrono::seconds{3}, [&](db::Database&) -> bool {
                                   throw Error{{Kind::unavailable, "test.away", "the database is away", ""}};
                               }};
    std::this_thread::sleep_for(std::chrono::milliseconds{500}); // one beat, at once
    CHECK_FALSE(cut.is_lost());
    std::this_thread::sleep_for(std::chrono::milliseconds{1000}); // two, and the lease's time is not over
    CHECK(cut.is_lost());
}

TEST_CASE("a beat that hangs loses the lease when its time is over", "[runner]") {
    std::promise<void> over;
    auto wait = over.get_future();
    {
        const lease::Heartbeat hanging{
            {"host=/nonexistent dbname=none", "passa.tests"}, std::chrono::milliseconds{300}, [&](db::Database&) {
                wait.wait();
                return true;
            }};
        CHECK_FALSE(hanging.is_lost());
        CHECK(becomes_true([&] { return hanging.is_lost(); }));
        over.set_value();
    }
}
