// What the report says of payouts is what the books say.
#include "lib/report/figures.hpp"
#include "lib/report/page.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

struct World {
    World()
        : file("report"), network(file.path(), {"KES", 2}),
          world(db, "demo", {{"band", 900'01}, {"crew", 50'00}, {"shut", 40'00}}), rail(network, world.clock, 1, {}) {
        network.fund(2000'00);
        network.close_destination("to-shut");
        const auto batch = world.create();
        world.approve(batch);
        world.send(batch, rail);
        event = world.value("SELECT name AS value FROM event WHERE organizer_id = $1");
    }
    report::EventFigures figures() {
        return db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            return report::load_event_figures(tx, world.org, event::get_event(tx, world.org, event), world.clock.now());
        });
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
    std::string event;
};

} // namespace

TEST_CASE("what is owed in the report is what the books owe, and payouts carry their proof", "[db][report]") {
    World w;
    const auto payments = w.figures().payments;
    std::map<std::string, std::string> owed, state;
    for (const auto& b : payments.balances) owed[b.owed.text()] = b.paid.text();
    for (const auto& p : payments.payouts) {
        state[p.destination] = p.state;
        CHECK((p.key.size() == 64 || p.is_paid() == false));
    }
    CHECK(owed == std::map<std::string, std::string>{{"0.00 KES", "50.00 KES"}, {"40.00 KES", "0.00 KES"}});
    CHECK(state == std::map<std::string, std::string>{
                       {"to-band", "confirmed"}, {"to-crew", "confirmed"}, {"to-shut", "failed"}});
    CHECK(payments.paid == 2);
    CHECK(payments.matched == 0);
    REQUIRE(payments.treasuries.size() == 1);
    CHECK(payments.treasuries.front().ran.empty());
}

TEST_CASE("an open break and a gap stand in the report", "[db][report]") {
    World w;
    w.world.value(
        "WITH run AS (INSERT INTO recon_run (organizer_id, id, treasury_id, from_position, to_position, to_ledger, "
        "lines_read, matched, breaks_open, ran_at, home_seq) SELECT $1, gen_random_uuid(), id, 0, 9, 9, 3, 1, 1, "
        "now(), 1 FROM "
        "treasury WHERE organizer_id = $1 RETURNING id, treasury_id), b AS (INSERT INTO recon_balance SELECT $1, "
        "id, 'KES', 100, 0, 40, 1, 58, 1 FROM run), k AS (INSERT INTO recon_break (organizer_id, id, run_id, "
        "treasury_id, type, subject, amount_minor, asset_id, opened_at) SELECT $1, gen_random_uuid(), id, "
        "treasury_id, 'BALANCE_GAP', '<b>KES</b>', 1, 'KES', now() FROM run) SELECT count(*) AS value FROM run");
    const auto figures = w.figures();
    REQUIRE(figures.payments.breaks.size() == 1);
    REQUIRE(figures.payments.treasuries.front().lines.size() == 1);
    CHECK(figures.payments.treasuries.front().lines.front().gap.text() == "0.01 KES");
    const auto page = report::make_event_page(figures, "passa test");
    CHECK(page.find("BALANCE_GAP") != std::string::npos);
    CHECK(page.find("&lt;b&gt;KES&lt;/b&gt;") != std::string::npos);
    CHECK(page.find("<b>KES") == std::string::npos);
}

TEST_CASE("names from outside are text in the report, never markup", "[db][report]") {
    World w;
    w.world.value("WITH u AS (UPDATE party SET title = '<script>alert(1)</script>' || E'\\x1b' WHERE organizer_id = $1 "
                  "RETURNING 1) "
                  "SELECT count(*) AS value FROM u");
    const auto page = report::make_event_page(w.figures(), "passa test");
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("&lt;script&gt;") != std::string::npos);
}
