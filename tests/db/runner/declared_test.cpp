// Declared jobs: which periods are due, in every zone and over clock changes, and what ends them.
#include "lib/base/schedule.hpp"
#include "lib/runner/declared.hpp"
#include "tests/db/runner/worker.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;
using runner::RunState;

namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

struct Desk {
    FreshDatabase fresh;
    OrganizerId org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};

    // As lib/catalog writes it.
    void declare(const std::string& schedule, const std::string& zone, const std::string& since) {
        const auto read = parse_schedule(schedule).value();
        auto& owner = fresh.owner().connection();
        owner.raw(fmt::format("UPDATE organizer SET zone = '{}' WHERE id = '{}'", zone, org.uuid()));
        owner.raw(fmt::format("SET passa.organizer = '{}'", org.uuid()));
        owner.raw("DELETE FROM job_declared");
        owner.raw(
            fmt::format("INSERT INTO job_declared VALUES ('{0}', '{0}', 'nightly', 'sweep', '', '{1}', {2}, {3}, {4}, "
                        "'{5}', NULL, 7)",
                        org.uuid(), schedule, read.every.count(), read.time_of_day.count(), read.weekday, since));
    }
    std::vector<runner::RunKey> due(const std::string& now, std::int64_t most = 100) {
        return db::transact(fresh.app(), {org, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return runner::load_due(tx, org, runner::find_declared(tx, org, "nightly", at(now)).value(),
                                    {at(now), most});
        });
    }
    std::vector<std::string> ends(const std::string& now, std::int64_t most = 100) {
        std::vector<std::string> all;
        for (const auto& key : due(now, most)) all.push_back(to_text(key.until));
        return all;
    }
    runner::Report run(const runner::RunKey& key, const std::function<void(runner::Item&)>& step) {
        worker.desk.declared = "nightly";
        return worker.execute(key, {items({"a"}), step});
    }
    runner::Report run(const runner::RunKey& key) {
        return run(key, [&](runner::Item& item) { worker.done(item, {}); });
    }
};

using Ends = std::vector<std::string>;

} // namespace

TEST_CASE("a period ends at each time of day of the zone, and begins at the one before", "[runner]") {
    Desk desk;
    desk.declare("daily at 03:00", "Africa/Nairobi", "2027-03-01T12:00:00Z");
    CHECK(desk.due("2027-03-01T23:59:59Z").empty());
    const auto due = desk.due("2027-03-03T00:00:00Z");
    REQUIRE(due.size() == 2);
    CHECK(due[0].job == "sweep");
    CHECK(due[0].from == at("2027-03-01T00:00:00Z"));
    CHECK(due[0].until == at("2027-03-02T00:00:00Z"));
    CHECK(due[1].from == due[0].until);
    CHECK(due[1].until == at("2027-03-03T00:00:00Z"));
}

TEST_CASE("where clocks change, every day still ends once and follows the one before", "[runner]") {
    Desk desk;
    desk.declare("daily at 02:30", "Europe/Berlin", "2027-03-26T12:00:00Z");
    // 02:30 does not exist on 28 March: as clocks stood before, 03:30 by the new time
    CHECK(desk.ends("2027-03-29T12:00:00Z") ==
          Ends{"2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z"});
    desk.declare("daily at 02:30", "Europe/Berlin", "2027-10-29T12:00:00Z");
    // and comes twice on 31 October: the later
    CHECK(desk.ends("2027-11-01T12:00:00Z") ==
          Ends{"2027-10-30T00:30:00Z", "2027-10-31T01:30:00Z", "2027-11-01T01:30:00Z"});
    const auto due = desk.due("2027-11-01T12:00:00Z");
    for (std::size_t i = 1; i < due.size(); ++i) CHECK(due[i].from == due[i - 1].until);
}

TEST_CASE("a week ends on its day, and steps are counted from midnight UTC", "[runner]") {
    Desk desk;
    desk.declare("weekly on monday at 03:00", "Africa/Nairobi", "2027-03-01T00:00:00Z"); // a Monday, 03:00 there
    const auto weeks = desk.due("2027-03-15T00:00:00Z");
    REQUIRE(weeks.size() == 2);
    CHECK(weeks[0].from == at("2027-03-01T00:00:00Z"));
    CHECK(weeks[0].until == at("2027-03-08T00:00:00Z"));
    desk.declare("every 6h", "Asia/Kathmandu", "2027-03-01T05:00:00Z");
    CHECK(desk.ends("2027-03-01T18:00:00Z") ==
          Ends{"2027-03-01T06:00:00Z", "2027-03-01T12:00:00Z", "2027-03-01T18:00:00Z"});
    CHECK(desk.due("2027-03-01T18:00:00Z")[0].from == at("2027-03-01T00:00:00Z"));
}

TEST_CASE("the oldest periods come first, and what is ended is not due again", "[runner]") {
    Desk desk;
    desk.declare("daily at 00:00", "UTC", "2027-03-01T12:00:00Z");
    const std::string now = "2027-03-05T12:00:00Z";
    CHECK(desk.ends(now, 2) == Ends{"2027-03-02T00:00:00Z", "2027-03-03T00:00:00Z"});
    CHECK(desk.run(desk.due(now).front()).run.declared == "nightly");
    CHECK(desk.ends(now) == Ends{"2027-03-03T00:00:00Z", "2027-03-04T00:00:00Z", "2027-03-05T00:00:00Z"});

    const auto failed = desk.run(desk.due(now).front(), [](runner::Item&) {
        throw Error{{Kind::internal, "test.error", "it went wrong", ""}};
    });
    CHECK(failed.run.state == RunState::failed);
    CHECK(desk.ends(now, 1) == Ends{"2027-03-03T00:00:00Z"});

    // A person runs a later one by hand: the ones before stay due.
    const auto last = desk.due(now).back();
    desk.worker.desk.declared.clear();
    CHECK(desk.worker.execute(last, {items({}), [](runner::Item&) {}}).run.declared.empty());
    CHECK(desk.ends(now) == Ends{"2027-03-03T00:00:00Z", "2027-03-04T00:00:00Z"});
}

TEST_CASE("a skipped period has who and why, is not due, and is never run", "[runner]") {
    Desk desk;
    desk.declare("daily at 00:00", "UTC", "2027-03-01T12:00:00Z");
    const std::string now = "2027-03-04T12:00:00Z";
    const auto second = desk.due(now).at(1);
    const auto id = runner::skip(desk.worker.desk, second, "not needed");
    CHECK(desk.ends(now) == Ends{"2027-03-02T00:00:00Z", "2027-03-04T00:00:00Z"});
    bool was_run = false;
    const auto report = desk.run(second, [&](runner::Item&) { was_run = true; });
    CHECK_FALSE(was_run);
    CHECK(report.was_ended);
    CHECK(report.run.id == id);
    CHECK(report.run.state == RunState::skipped);
    CHECK(report.run.skipped_by == "tester");
    CHECK(report.run.skip_reason == "not needed");
    CHECK(problem_code([&] { runner::skip(desk.worker.desk, second, "again"); }) == "job.ended");
    const auto audit = db::transact(desk.fresh.app(), {desk.org, db::Isolation::repeatable_read, true}, [&](auto& tx) {
        return tx.raw("SELECT actor || ': ' || details AS said FROM audit WHERE action = 'skipped'")
            .one()
            .template get<std::string>("said");
    });
    CHECK(audit == "tester: 2027-03-02T00:00:00Z to 2027-03-03T00:00:00Z: not needed");
}

TEST_CASE("who is at work cannot be skipped", "[runner]") {
    Desk desk;
    Worker other{desk.fresh, desk.org, 2};
    std::string code;
    const auto report = desk.run(day(1), [&](runner::Item& item) {
        code = problem_code([&] { runner::skip(other.desk, day(1), "too slow"); });
        desk.worker.done(item, {});
    });
    CHECK(code == "job.busy");
    CHECK(report.run.state == RunState::done);
}
