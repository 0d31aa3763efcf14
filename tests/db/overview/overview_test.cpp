// What somebody who watches sees is what the books say, counted another way.
#include "lib/overview/overview.hpp"
#include "lib/settle/settlement.hpp"
#include "tests/db/runner/worker.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;

namespace {

overview::Overview look(FreshDatabase& db, OrganizerId org, Instant now, std::optional<EventId> event = {}) {
    return db::transact(db.app(), {org, db::Isolation::repeatable_read, true},
                        [&](db::Transaction& tx) { return overview::load_overview(tx, org, event, now); });
}

Instant at(std::string_view text) { return parse_instant(text).value(); }

} // namespace

TEST_CASE("sold, imported and unsettled lines are those of the book", "[overview]") {
    SaleFixture sales;
    sales.import_rows("a.csv",
                      {"o1,1,regular,1,KES,100000,0,0,0,0,paid,2027-02-01T10:00:00Z,,,",
                       "o2,1,regular,2,KES,200000,0,0,0,0,refunded,2027-02-01T11:00:00Z,,200000,2027-02-02T11:00:00Z"});
    const auto seen = look(sales.db, sales.org, at("2027-03-01T00:00:00Z"));
    REQUIRE(seen.events.size() == 1);
    const auto& event = seen.events.front();
    CHECK(std::to_string(event.lines) == sales.value("SELECT count(*) FROM sale_line"));
    CHECK(event.lines == 3);
    CHECK(event.unsettled == 3);
    CHECK(event.sold == 1);
    CHECK_FALSE(event.is_importing);
    CHECK(event.settled.is_zero());
    CHECK_FALSE(event.settled_through);
}

TEST_CASE("payouts stand by state, unknown first; those that are over are counted for a day", "[overview]") {
    PayingWorld world{{{"band", 100'00}, {"venue", 50'00}}};
    world.network.fund(1'000'00);
    const auto batch = world.approved();
    auto deaf = world.deaf();
    world.send(batch, deaf);
    const auto seen = look(world.PayoutWorld::db, world.org, world.clock.now());
    REQUIRE(seen.payouts.size() == 1);
    CHECK(seen.payouts[0].state == "unknown");
    CHECK(seen.payouts[0].count == 2);
    CHECK(seen.payouts[0].total->text() == "150.00 KES");
    CHECK(look(world.PayoutWorld::db, world.org, world.clock.now(), world.event).payouts.size() == 1);
    const auto other = world.add_event("another");
    CHECK(look(world.PayoutWorld::db, world.org, world.clock.now(), other).payouts.empty());
    CHECK(look(world.PayoutWorld::db, world.org, world.clock.now(), other).events.at(0).name == "another");
}

TEST_CASE("a declared job is due since its newest period that nobody did", "[overview]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    auto& owner = fresh.owner().connection();
    owner.raw(fmt::format("UPDATE organizer SET zone = 'Africa/Nairobi' WHERE id = '{}'", org.uuid()));
    owner.raw(fmt::format("SET passa.organizer = '{}'", org.uuid()));
    owner.raw(
        fmt::format("INSERT INTO job_declared VALUES ('{0}', '{0}', 'nightly', 'sweep', '', 'daily at 03:00', 0, 180, "
                    "0, '2026-11-01T12:00:00Z', NULL, 7)",
                    org.uuid()));
    const auto job = [&](std::string_view now) { return look(fresh, org, at(now)).jobs.at(0); };
    CHECK_FALSE(job("2026-11-01T23:00:00Z").due_since);
    CHECK(job("2026-11-01T23:00:00Z").next == at("2026-11-02T00:00:00Z"));
    CHECK(job("2026-11-03T05:00:00Z").due_since == at("2026-11-03T00:00:00Z"));
    worker.desk.declared = "nightly";
    worker.execute(day(0), {items({"a"}), [&](runner::Item& item) { worker.done(item, {}); }});
    CHECK(job("2026-11-02T05:00:00Z").last_state == "done");
    CHECK_FALSE(job("2026-11-02T05:00:00Z").due_since);
    CHECK(job("2026-11-03T05:00:00Z").due_since == at("2026-11-03T00:00:00Z"));
    worker.execute(day(1), {items({"b"}), [&](runner::Item& item) {
                                CHECK(job("2026-11-03T05:00:00Z").worker == "host, process 1");
                                CHECK(job("2026-11-03T05:00:00Z").last_state == "running");
                                worker.done(item, {});
                            }});
    CHECK(job("2026-11-03T05:00:00Z").worker.empty());
}

TEST_CASE("work that nobody declared is shown while it lasts", "[overview]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    const auto jobs = [&] { return look(fresh, org, worker.clock.now()).jobs; };
    worker.execute(day(1, "hall"), {items({"b"}), [&](runner::Item& item) {
                                        REQUIRE(jobs().size() == 1);
                                        CHECK(jobs().at(0).scope == "hall");
                                        CHECK_FALSE(jobs().at(0).is_declared);
                                        worker.done(item, {});
                                    }});
    CHECK(jobs().empty());
}
