// The flow of a run: what is done, tried again, given up, stopped, and gone on with.
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace passa;
using namespace passa::test;
using runner::Item;
using runner::RunState;

namespace {

using Keys = std::vector<std::string>;

} // namespace

TEST_CASE("a run does each item once, and is done once", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b", "c"}};
    const auto first = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"a", "b", "c"});
    CHECK(first.run.state == RunState::done);
    CHECK(first.run.exit_code == 0);
    CHECK(first.run.attempts == 1);
    CHECK(first.run.planned == 3);
    CHECK(first.run.counts == runner::Counts{{"lines", 6}});
    CHECK(first.run.asked_by == "tester");
    CHECK(first.run.code_version == "abc123");
    CHECK(first.run.finished_at >= first.run.started_at);
    CHECK_FALSE(first.run.is_held);

    Worker other{fresh, org, 2};
    Steps more{other, {"a", "b", "c"}};
    const auto again = other.execute(day(1), more.job());
    CHECK(again.was_ended);
    CHECK(more.seen.empty());
    CHECK(again.run.id == first.run.id);
    CHECK(again.items.size() == 3);
    CHECK_FALSE(other.execute(day(2), more.job()).was_ended);
    CHECK(more.seen == Keys{"a", "b", "c"});
}

TEST_CASE("the inputs hash is of what was asked for and planned", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    std::set<Hash256> hashes;
    const auto add = [&](const runner::RunKey& key, const Keys& keys) {
        Steps steps{worker, keys};
        hashes.insert(worker.execute(key, steps.job()).run.inputs.value());
    };
    add(day(1), {"a", "b"});
    add(day(2), {"a", "b"});
    add(day(3), {"ab"});
    add(day(1, "north"), {"a", "b"});
    CHECK(hashes.size() == 4);
    Steps stopped{worker, {"a", "b"}};
    stopped.fail = [](Item&) { throw error(Kind::internal); };
    const auto failed = worker.execute(day(4), stopped.job());
    stopped.fail = [](Item&) {};
    const auto went_on = worker.execute(day(4), stopped.job());
    CHECK(failed.run.inputs == went_on.run.inputs);
}

TEST_CASE("what passes by itself is tried again, after a wait", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b"}};
    const auto kind = GENERATE(Kind::unavailable, Kind::busy, Kind::unknown_outcome);
    steps.fail = [&](Item& item) {
        if (item.key() == "a" && steps.seen.size() < 3) throw error(kind);
    };
    const auto report = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"a", "a", "a", "b"});
    CHECK(worker.slept.size() == 2);
    CHECK(report.run.state == RunState::done);
    CHECK(report.items.at(0).tries == 3);
    CHECK(report.items.at(1).tries == 1);
}

TEST_CASE("an item that goes wrong for good is given up with its reason, and the others are done", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b", "c"}};
    const auto kind = GENERATE(Kind::refused, Kind::invalid_input);
    steps.fail = [&](Item& item) {
        if (item.key() == "b") throw error(kind, "test.b");
    };
    const auto report = worker.execute(day(1), steps.job());
    CHECK(std::count(steps.seen.begin(), steps.seen.end(), "b") == 1);
    CHECK(report.run.state == RunState::partial);
    CHECK(report.run.exit_code == 3);
    CHECK(report.run.error_code == "test.b");
    CHECK(report.run.counts == runner::Counts{{"lines", 4}});
    REQUIRE(report.items.size() == 3);
    CHECK(report.items[1].state == runner::ItemState::dead);
    CHECK(report.items[1].tries == 1);
    CHECK(report.items[1].error_code == "test.b");
    CHECK(report.items[1].error == "it went wrong");
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].code == "test.b");
}

TEST_CASE("what was given up before an interruption is still given up at the end", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b"}};
    steps.fail = [&](Item&) { throw error(steps.seen.size() == 1 ? Kind::refused : Kind::internal); };
    CHECK(worker.execute(day(1), steps.job()).run.state == RunState::failed);
    steps.fail = [](Item&) {};
    const auto report = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"a", "b", "b"});
    CHECK(report.run.state == RunState::partial);
    CHECK(report.run.exit_code == 3);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].message == "a: it went wrong");
}

TEST_CASE("wrong books stop the run, and the next one does only the rest", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b", "c"}};
    const auto kind = GENERATE(Kind::balance_gap, Kind::internal);
    steps.fail = [&](Item& item) {
        if (item.key() == "b") throw error(kind);
    };
    const auto stopped = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"a", "b"});
    CHECK(stopped.run.state == RunState::failed);
    CHECK(stopped.run.exit_code == static_cast<int>(exit_code_for(kind)));
    CHECK(stopped.run.error == "it went wrong");
    CHECK(stopped.items.size() == 1);

    Steps rest{worker, {"a", "b", "c"}};
    const auto done = worker.execute(day(1), rest.job());
    CHECK(rest.seen == Keys{"b", "c"});
    CHECK(done.run.id == stopped.run.id);
    CHECK(done.run.state == RunState::done);
    CHECK(done.run.attempts == 2);
    CHECK(done.run.exit_code == 0);
    CHECK(done.run.error.empty());
    CHECK(done.run.counts == runner::Counts{{"lines", 6}});
}

TEST_CASE("a plan that fails is a run that failed", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {}};
    steps.plan = []() -> Keys { throw error(Kind::not_found, "test.nowhere"); };
    const auto report = worker.execute(day(1), steps.job());
    CHECK(report.run.state == RunState::failed);
    CHECK(report.run.error_code == "test.nowhere");
    CHECK_FALSE(report.run.planned);
}

TEST_CASE("a defect in a step is the end of the run, told like any other", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b"}};
    steps.fail = [](Item&) { throw std::runtime_error{"a library's own words"}; };
    const auto report = worker.execute(day(1), steps.job());
    CHECK(report.run.state == RunState::failed);
    CHECK(report.run.error_code == "internal.unexpected");
    CHECK(report.run.error == "a library's own words");
    CHECK(report.run.exit_code == static_cast<int>(ExitCode::internal));
}

TEST_CASE("asked to stop, it ends after the item at hand; the next one goes on", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1}, next{fresh, org, 2};
    Steps steps{worker, {"a", "b", "c"}};
    const bool in_a_wait = GENERATE(false, true);
    steps.fail = [&](Item& item) {
        if (item.key() != "b") return;
        worker.stopped = ExitCode::interrupted;
        if (in_a_wait) throw error(Kind::unavailable);
    };
    const auto stopped = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"a", "b"});
    CHECK(stopped.run.state == RunState::running);
    CHECK_FALSE(stopped.run.is_held);
    CHECK_FALSE(stopped.run.finished_at);
    CHECK(stopped.run.exit_code == 130);
    CHECK(stopped.items.size() == (in_a_wait ? 1 : 2));
    CHECK(stopped.problems.empty());

    Steps rest{next, {"a", "b", "c"}};
    const auto done = next.execute(day(1), rest.job());
    CHECK(rest.seen == (in_a_wait ? Keys{"b", "c"} : Keys{"c"}));
    CHECK(done.run.state == RunState::done);
    CHECK(done.run.worker == "host, process 2");
}

TEST_CASE("a commit in doubt is looked up before the step is tried again", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    const bool was_made = GENERATE(false, true);
    const int times = GENERATE(1, 5); // five: the last try, too
    int steps = 0;
    const auto step = [&](Item& item) {
        const bool is_lost = ++steps <= times;
        if (was_made || !is_lost) worker.done(item, {{"lines", 1}});
        if (is_lost) throw error(Kind::unknown_outcome, "db.commit_in_doubt");
    };
    const auto report = worker.execute(day(1), {items({"a"}), step});
    CHECK(steps == (was_made ? 1 : std::min(times + 1, 5)));
    CHECK(report.items.size() == (!was_made && times == 5 ? 0 : 1)); // nobody knows: neither done nor given up
    CHECK(report.run.state == (report.items.empty() ? RunState::failed : RunState::done));
}

TEST_CASE("an item whose server stays away is left for the next attempt, and the others are done", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b", "c"}};
    bool is_away = true;
    steps.fail = [&](Item& item) {
        if (item.key() == "b" && is_away) throw error(Kind::unavailable, "test.away");
    };
    const auto first = worker.execute(day(1), steps.job());
    CHECK(std::count(steps.seen.begin(), steps.seen.end(), "b") == 5);
    CHECK(first.run.state == RunState::failed);
    CHECK(first.run.exit_code == 75);
    CHECK(first.items.size() == 2);
    REQUIRE(first.problems.size() == 1);
    CHECK(first.problems[0].code == "test.away");
    is_away = false;
    steps.seen.clear();
    const auto second = worker.execute(day(1), steps.job());
    CHECK(steps.seen == Keys{"b"});
    CHECK(second.run.state == RunState::done);
}

TEST_CASE("a last try that was made after all is not given up", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    int steps = 0;
    const auto step = [&](Item& item) {
        if (++steps == 5) worker.done(item, {{"lines", 1}});
        throw error(Kind::unknown_outcome, "db.commit_in_doubt");
    };
    const auto report = worker.execute(day(1), {items({"a"}), step});
    CHECK(steps == 5);
    CHECK(report.run.state == RunState::done);
    CHECK(report.items.at(0).state == runner::ItemState::done);
    CHECK(report.problems.empty());
}

TEST_CASE("an item is done with what it did, or neither stands", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    const auto step = [&](Item& item) {
        db::transact(worker.db, {org}, [&](db::Transaction& tx) {
            item.done(tx, {{"lines", 1}});
            throw error(Kind::refused);
        });
    };
    const auto report = worker.execute(day(1), {items({"a"}), step});
    CHECK(report.items.at(0).state == runner::ItemState::dead);
    CHECK(report.run.counts.empty());
}

TEST_CASE("a worker that lost its lease begins no further item, and leaves the run to the other", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker first{fresh, org, 1}, second{fresh, org, 2};
    Steps rest{second, {"a", "b", "c"}};
    Steps steps{first, {"a", "b", "c"}};
    steps.fail = [&](Item& item) {
        if (item.key() != "b") return;
        constexpr db::Statement time_passes{"test.time_passes",
                                            "UPDATE lease SET until = clock_timestamp() - interval '1 second'"};
        db::transact(fresh.owner(), {}, [&](db::Transaction& tx) { tx.run(time_passes); });
        CHECK(second.execute(day(1), rest.job()).run.state == RunState::done);
    };
    CHECK(problem_code([&] { first.execute(day(1), steps.job()); }) == "job.lease_lost");
    CHECK(steps.seen == Keys{"a", "b"});
    CHECK(rest.seen == Keys{"b", "c"});
    const auto report = second.execute(day(1), rest.job());
    CHECK(report.run.counts == runner::Counts{{"lines", 6}});
    CHECK(report.run.attempts == 2);
}

TEST_CASE("a lost heartbeat stops the run before the next item", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    worker.desk.lease = std::chrono::milliseconds{900};
    std::vector<std::string> seen;
    const auto step = [&](Item& item) { // touches no database, so that no fence stops it
        seen.push_back(item.key());
        constexpr db::Statement next_number{"test.next_number", "UPDATE lease SET number = number + 1"};
        db::transact(fresh.owner(), {}, [&](db::Transaction& tx) { tx.run(next_number); });
        std::this_thread::sleep_for(std::chrono::milliseconds{700});
        item.require_live();
        FAIL("the effect was begun");
    };
    CHECK(problem_code([&] { worker.execute(day(1), {items({"a", "b"}), step}); }) == "job.lease_lost");
    CHECK(seen == Keys{"a"});
}

TEST_CASE("twenty workers who ask for one run at once do its work once", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    std::atomic<int> steps = 0, did = 0, found_done = 0, busy = 0;
    const auto work = [&](std::uint64_t seed) {
        Worker worker{fresh, org, seed};
        const auto step = [&](Item& item) {
            ++steps;
            worker.done(item, {{"lines", 1}});
        };
        try {
            ++(worker.execute(day(1), {items({"a", "b"}), step}).was_ended ? found_done : did);
        } catch (const Error& error) {
            if (error.first().code == "job.busy") ++busy; // and nobody takes it from a living worker
        }
    };
    std::vector<std::thread> threads;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) threads.emplace_back(work, seed);
    for (auto& thread : threads) thread.join();
    CHECK(did == 1);
    CHECK(steps == 2);
    CHECK(did + found_done + busy == 20);
}
