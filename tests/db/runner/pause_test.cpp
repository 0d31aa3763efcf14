// What a person stops is not begun, and what he has decided about a dead item holds.
#include "lib/runner/dead.hpp"
#include "lib/runner/pause.hpp"
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;
using runner::DeadVerdict;
using runner::ItemState;
using runner::RunState;

namespace {

struct Desk {
    FreshDatabase fresh;
    OrganizerId org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Worker person{fresh, org, 2};
    std::vector<std::string> seen;
    std::function<void(runner::Item&)> before = [](runner::Item&) {};

    runner::Report run(const runner::RunKey& key, std::vector<std::string> keys = {"a", "b", "c"}) {
        seen.clear();
        return worker.execute(key, {items(std::move(keys)), [this](runner::Item& item) {
                                        seen.push_back(item.key());
                                        before(item);
                                        worker.done(item, {{"lines", 1}});
                                    }});
    }
    void give_up(const std::string& key) {
        before = [key](runner::Item& item) {
            if (item.key() == key) throw Error{{Kind::refused, "test.refused", "it went wrong", ""}};
        };
    }
    std::string said(const std::string& action) {
        return db::transact(fresh.app(), {org, db::Isolation::repeatable_read, true}, [&](auto& tx) {
            return tx
                .raw("SELECT coalesce(string_agg(actor || ', ' || subject || ', ' || details, '; '), '') AS said FROM "
                     "audit WHERE action = '" +
                     action + "'")
                .one()
                .template get<std::string>("said");
        });
    }
    std::vector<std::string> dead() {
        std::vector<std::string> keys;
        for (const auto& each : db::transact(fresh.app(), {org, db::Isolation::repeatable_read, true},
                                             [&](auto& tx) { return runner::load_dead(tx, org, "sweep", 10); }))
            keys.push_back(each.item.key);
        return keys;
    }
};

using Keys = std::vector<std::string>;

} // namespace

TEST_CASE("a paused job is not begun, whatever its scope, until it is resumed", "[runner]") {
    Desk desk;
    runner::pause(desk.person.desk, "sweep", "", "the books are being mended");
    CHECK(problem_code([&] { desk.run(day(1)); }) == "job.paused");
    CHECK(problem_code([&] { desk.run(day(1, "north")); }) == "job.paused");
    CHECK(desk.seen.empty());
    CHECK(problem_code([&] { runner::pause(desk.person.desk, "sweep", "", "again"); }) == "job.paused");
    runner::end_pause(desk.person.desk, "sweep", "", "mended");
    CHECK(desk.run(day(1)).run.state == RunState::done);
    CHECK(desk.run(day(1, "north")).run.state == RunState::done);
    CHECK(problem_code([&] { runner::end_pause(desk.person.desk, "sweep", "", "again"); }) == "job.not_paused");
    CHECK(desk.said("paused") == "tester, job sweep, the books are being mended");
    CHECK(desk.said("resumed") == "tester, job sweep, mended");
}

TEST_CASE("paused of one scope, the others go on, and a run over all leaves it out", "[runner]") {
    Desk desk;
    runner::pause(desk.person.desk, "sweep", "b", "not now");
    CHECK(problem_code([&] { desk.run(day(1, "b"), {"b"}); }) == "job.paused");
    CHECK(desk.run(day(1, "a"), {"a"}).run.state == RunState::done);
    const auto all = desk.run(day(1));
    CHECK(desk.seen == Keys{"a", "c"});
    CHECK(all.run.state == RunState::partial); // not done: something was left out
    CHECK(all.run.exit_code == 3);
    CHECK(all.run.error_code == "job.paused");
    CHECK(all.items.size() == 2);
    CHECK(desk.dead().empty());
    runner::end_pause(desk.person.desk, "sweep", "b", "now");
    desk.run(day(2));
    CHECK(desk.seen == Keys{"a", "b", "c"});
}

// A batch of payouts is called by its own number, and people pause an event.
TEST_CASE("an item is left out by a pause of what it is about", "[runner]") {
    Desk desk;
    runner::pause(desk.person.desk, "sweep", "north", "a dispute");
    runner::Job job{items({"a", "b", "c"}), [&](runner::Item& item) {
                        desk.seen.push_back(item.key());
                        desk.worker.done(item, {});
                    }};
    job.about = [](const std::string& item) { return item == "b" ? "north" : "south"; };
    CHECK(desk.worker.execute(day(1), job).run.state == RunState::partial);
    CHECK(desk.seen == Keys{"a", "c"});
}

TEST_CASE("a job paused under way ends the item at hand, and goes on after the pause", "[runner]") {
    Desk desk;
    desk.before = [&](runner::Item& item) {
        if (item.key() == "b") runner::pause(desk.person.desk, "sweep", "", "stop");
    };
    const auto stopped = desk.run(day(1));
    CHECK(desk.seen == Keys{"a", "b"});
    CHECK(stopped.run.state == RunState::running);
    CHECK_FALSE(stopped.run.is_held);
    CHECK(stopped.problems.empty());
    CHECK(stopped.run.exit_code == 75);
    CHECK(stopped.run.error_code == "job.paused");
    desk.before = [](runner::Item&) {};
    runner::end_pause(desk.person.desk, "sweep", "", "go on");
    const auto done = desk.run(day(1));
    CHECK(desk.seen == Keys{"c"});
    CHECK(done.run.state == RunState::done);
    CHECK(done.run.id == stopped.run.id);
}

TEST_CASE("a dead item is tried again once a person says so, and only that one", "[runner]") {
    Desk desk;
    desk.give_up("b");
    const auto partial = desk.run(day(1));
    CHECK(partial.run.state == RunState::partial);
    CHECK(desk.dead() == Keys{"b"});
    CHECK(desk.run(day(1)).was_ended);

    runner::decide(desk.person.desk, partial.run, {DeadVerdict::retried, "b", "mended"});
    CHECK(desk.dead().empty());
    const auto again = desk.run(day(1));
    CHECK(desk.seen == Keys{"b"});
    CHECK(again.run.state == RunState::partial);
    CHECK(desk.dead() == Keys{"b"});

    runner::decide(desk.person.desk, again.run, {DeadVerdict::retried, "b", "mended better"});
    desk.before = [](runner::Item&) {};
    const auto done = desk.run(day(1));
    CHECK(desk.seen == Keys{"b"});
    CHECK(done.run.state == RunState::done);
    CHECK(done.run.counts == runner::Counts{{"lines", 3}});
    CHECK(done.items.size() == 3);
    CHECK(desk.dead().empty());
    CHECK(desk.said("retried").starts_with("tester, job sweep, item b of job_"));
}

TEST_CASE("a discarded item is dead for good, with who and why, and holds up nothing", "[runner]") {
    Desk desk;
    desk.give_up("b");
    const auto partial = desk.run(day(1), {"a", "b"});
    runner::decide(desk.person.desk, partial.run, {DeadVerdict::discarded, "b", "called off"});
    CHECK(desk.dead().empty());
    const auto items = desk.run(day(1)).items;
    REQUIRE(items.size() == 2);
    CHECK(items[1].state == ItemState::discarded);
    CHECK(items[1].decided_by == "tester");
    CHECK(items[1].reason == "called off");
    CHECK(items[1].error == "it went wrong");
    for (const auto verdict : {DeadVerdict::retried, DeadVerdict::discarded})
        CHECK(problem_code([&] {
                  runner::decide(desk.person.desk, partial.run, {verdict, "b", "again"});
              }) == "job.not_dead");
    CHECK(problem_code([&] {
              runner::decide(desk.person.desk, partial.run, {DeadVerdict::retried, "a", "done"});
          }) == "job.not_dead");
}

TEST_CASE("nothing is decided about a run that somebody works on", "[runner]") {
    Desk desk;
    desk.give_up("a");
    const auto partial = desk.run(day(1));
    desk.before = [](runner::Item&) {};
    runner::decide(desk.person.desk, partial.run, {DeadVerdict::retried, "a", "again"});
    std::string code;
    desk.before = [&](runner::Item&) {
        code = problem_code([&] { runner::decide(desk.person.desk, partial.run, {DeadVerdict::retried, "a", "x"}); });
    };
    CHECK(desk.run(day(1)).run.state == RunState::done);
    CHECK(code == "job.busy");
}
