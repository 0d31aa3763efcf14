// Who may work, and that nobody else's writes stand: on a real database, with two workers.
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"
#include "tests/support/settle_fixture.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace passa;
using namespace passa::test;
using runner::Lease;

namespace {

constexpr db::Statement k_taken_over{"test.taken_over", "UPDATE lease SET number = number + 1"};
std::optional<settle::Settlement> settle_by(Worker& worker, const SettleFixture& world) {
    return db::transact(worker.db, {.organizer = world.org, .what = "settle"}, [&](db::Transaction& tx) {
        return settle::settle({tx, world.org, worker.ids, worker.clock.now()}, event::get_event(tx, world.org, "show"),
                              worker.clock.now(), "tester");
    });
}

int opened_again(Worker& worker) {
    db::transact(worker.db, {worker.desk.organizer}, [](db::Transaction&) {});
    return worker.db.connection().backend_pid();
}

std::int64_t count(FreshDatabase& fresh, const std::string& query) {
    return fresh.owner().connection().raw(query).one().get<std::int64_t>("count");
}

} // namespace

TEST_CASE("a worker whose job was taken over commits no money", "[runner]") {
    SettleFixture world;
    world.add_line(1000, 0, 0, 0, false);
    Worker first{world.db, world.org, 1}, second{world.db, world.org, 2};
    const Lease stopped{first.desk, day(1)};
    let_time_pass(world.db);
    const Lease taken{second.desk, day(1)};
    CHECK(taken.run() == stopped.run());
    CHECK(problem_code([&] { settle_by(first, world); }) == "db.connection_lost"); // who took over ended its session
    CHECK(problem_code([&] { settle_by(first, world); }) == "job.lease_lost");
    CHECK(world.posted().empty());
    REQUIRE(settle_by(second, world));
    CHECK_FALSE(world.posted().empty());
    world.db.sweep(world.org);
}

TEST_CASE("a lease that ran out commits no money, even where nobody took over", "[runner]") {
    SettleFixture world;
    world.add_line(1000, 0, 0, 0, false);
    Worker worker{world.db, world.org, 1};
    const Lease lease{worker.desk, day(1)};
    let_time_pass(world.db);
    CHECK(problem_code([&] { settle_by(worker, world); }) == "job.lease_lost");
    CHECK(world.posted().empty());
}

TEST_CASE("whoever takes over ends the money transaction that its worker stands still in", "[runner]") {
    SettleFixture world;
    world.add_line(1000, 0, 0, 0, false);
    Worker first{world.db, world.org, 1}, second{world.db, world.org, 2};
    const Lease stopped{first.desk, day(1)};
    if (GENERATE(false, true)) { // and knows the session that was opened since
        first.db.forget_connection();
        const auto session = fmt::format("SELECT count(*) FROM lease WHERE worker_pid = {}", opened_again(first));
        REQUIRE(becomes_true([&] { return count(world.db, session) == 1; }));
    }
    std::optional<Lease> taken;
    const auto code = problem_code([&] {
        db::transact(first.db, {.organizer = world.org, .what = "settle"}, [&](db::Transaction& tx) {
            settle::settle({tx, world.org, first.ids, first.clock.now()}, event::get_event(tx, world.org, "show"),
                           first.clock.now(), "tester");
            let_time_pass(world.db);
            taken.emplace(second.desk, day(1));
        });
    });
    CHECK(code == "db.commit_in_doubt"); // as far as the first can tell
    REQUIRE(taken);
    CHECK(world.posted().empty());
    REQUIRE(settle_by(second, world));
    world.db.sweep(world.org);
}

TEST_CASE("a session that is not the worker's is waited for, not ended", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    const Lease held{first.desk, day(1)};
    std::optional<Lease> taken;
    std::thread taker;
    bool was_early = true;
    db::transact(first.db, {org}, [&](db::Transaction&) { // the fence has locked the row by now
        let_time_pass(fresh);
        fresh.owner().connection().raw("UPDATE lease SET worker_start = worker_start - interval '1 second'");
        taker = std::thread{[&] { taken.emplace(second.desk, day(1)); }};
        std::this_thread::sleep_for(std::chrono::milliseconds{300});
        was_early = taken.has_value();
    });
    taker.join();
    CHECK_FALSE(was_early);
    CHECK(taken);
}

TEST_CASE("a worker that gave its job back is left alone by the next one", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    { const Lease over{first.desk, day(1)}; }
    CHECK(problem_code([&] {
              db::transact(first.db, {org}, [&](db::Transaction&) { const Lease next{second.desk, day(1)}; });
          }).empty());
}

TEST_CASE("a run that was ended while somebody waited for the lease is not taken up again", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    { const Lease begun{first.desk, day(1)}; }
    std::optional<Lease> waited;
    std::thread taker;
    db::transact(fresh.owner(), {}, [&](db::Transaction& tx) { // as the one who held it until now would
        tx.run(db::Statement{"test.lock", "SELECT 1 FROM lease FOR UPDATE"});
        taker = std::thread{[&] { waited.emplace(second.desk, day(1)); }};
        std::this_thread::sleep_for(std::chrono::milliseconds{300});
        tx.run(db::Statement{"test.end", "UPDATE job_run SET state = 'done', exit_code = 0, finished_at = now()"});
    });
    taker.join();
    CHECK(waited->was_ended());
}

TEST_CASE("a job that somebody works on is busy, another scope of it is not", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    {
        const Lease held{first.desk, day(1, "north")};
        try {
            const Lease more{second.desk, day(2, "north")}; // whatever the period
            FAIL("two workers on one job");
        } catch (const Error& error) {
            CHECK(error.first().code == "job.busy");
            CHECK(error.first().message == "sweep north is being worked on by host, process 1");
            CHECK(exit_code_for(error.first().kind) == ExitCode::busy);
        }
        const Lease other{second.desk, day(1, "south")};
        CHECK_FALSE(other.was_ended());
    }
    const Lease next{second.desk, day(2, "north")}; // given back
    CHECK_FALSE(next.was_ended());
}

TEST_CASE("a long item that is asked to stop ends without a word, and is gone on with", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    const auto step = [&](runner::Item&) { worker.stopped = ExitCode::terminated; };
    const auto stopped = worker.execute(day(1), {items({"a", "b"}), step});
    CHECK(stopped.run.state == runner::RunState::running);
    CHECK(stopped.run.exit_code == 143);
    CHECK(stopped.items.empty());
    worker.stopped.reset();
    const auto rest = [&](runner::Item& item) { worker.done(item, {}); };
    CHECK(worker.execute(day(1), {items({"a", "b"}), rest}).run.state == runner::RunState::done);
}

TEST_CASE("an item that asks whether its worker lives is told what the database says", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    const auto step = [&](runner::Item& item) {
        item.require_live();
        db::transact(fresh.owner(), {}, [](db::Transaction& tx) { tx.run(k_taken_over); });
        item.require_live();
        FAIL("the heartbeat has not heard of it yet");
    };
    CHECK(problem_code([&] { worker.execute(day(1), {items({"a"}), step}); }) == "job.lease_lost");
}
