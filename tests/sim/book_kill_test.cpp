// kill -9 around every commit of what moves no money but books it: settle, recon run, recon close. Each is one
// transaction, so it happened or it did not, and doing it again comes to the same end.
#include "lib/recon/close.hpp"
#include "lib/settle/settlement.hpp"
#include "tests/sim/child.hpp"
#include "tests/support/payout_fixture.hpp"
#include "tests/support/sale_fixture.hpp"
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::test;

namespace {

// One book, and what a command does to it; `told` is all of the book that must be the same however it came about.
struct Story {
    std::function<int(db::Database&)> work;
    std::function<std::string()> told;
    std::string target;
    [[nodiscard]] pid_t start(const ChildFault& fault) const {
        return start_child(fault, [this] {
            db::Database database{{target, "passa.sim"}};
            return work(database);
        });
    }
};

// In a clean run, then in as many fresh books as there are points: killed there, and done again.
template <typename World>
void kill_everywhere(std::size_t least_points) {
    const NetworkFile log{"book-points"};
    std::string truth;
    {
        World world;
        const auto story = world.story();
        const auto before = story.told();
        REQUIRE(wait_for_child(story.start({"", log.path().string()})).exit_code == 0);
        truth = story.told();
        REQUIRE(truth != before);
        wait_for_child(story.start({})); // once more changes nothing
        REQUIRE(story.told() == truth);
    }
    const auto points = read_passed_points(log.path());
    REQUIRE(points.size() >= least_points);
    for (const auto& passed : points) {
        CAPTURE(passed.point, passed.nth);
        World world;
        const auto story = world.story();
        REQUIRE(wait_for_child(story.start({passed.kill(), ""})).killed);
        wait_for_child(story.start({}));
        REQUIRE(story.told() == truth);
        world.sweep();
    }
}

struct SettleWorld {
    SettleWorld() {
        for (const auto* party : {"band", "venue"})
            sales.execute(fmt::format("INSERT INTO party (organizer_id, id, name, role, title) VALUES ('{0}', "
                                      "gen_random_uuid(), '{1}', 'party', '{1}')",
                                      sales.org.uuid(), party));
        sales.execute("INSERT INTO split_share (organizer_id, event_id, plan_version_id, pos, party_id, ppm) SELECT "
                      "v.organizer_id, v.event_id, v.id, row_number() OVER (PARTITION BY v.id ORDER BY p.name), p.id, "
                      "CASE p.name WHEN 'band' THEN 666700 ELSE 333300 END FROM split_plan_version v JOIN party p ON "
                      "p.name IN ('band', 'venue')");
        sales.import_rows("s.csv", {"A1,1,regular,2,KES,300000,0,41379,9000,4500,paid,2026-10-05T10:00:00+03:00,,,",
                                    "A2,1,regular,1,KES,150001,0,20690,4500,2250,paid,2026-10-05T11:00:00+03:00,,,"});
    }
    Story story() {
        return {
            [this](db::Database& database) {
                db::transact(database, {.organizer = sales.org, .what = "settle"}, [&](db::Transaction& tx) {
                    const auto now = sales.db.clock.now();
                    settle::settle({tx, sales.org, sales.db.ids, now},
                                   event::get_event(tx, sales.org, sales.value("SELECT name AS value FROM event")),
                                   now + std::chrono::hours{24 * 365}, "tester");
                });
                return 0;
            },
            [this] {
                return sales.value(
                    "SELECT count(*) || ' ' || coalesce((SELECT sum(delta) FROM settlement_due), 0) || ' ' || "
                    "(SELECT count(*) FROM settlement_line) || ' ' || (SELECT count(*) FROM journal) FROM settlement");
            },
            sales.db.target()};
    }
    void sweep() { sales.sweep(); }
    SaleFixture sales;
};

// A payout that the chain does not know: a break, which a person closes.
struct ReconWorld {
    ReconWorld() {
        treasury.show_funding(treasury.usdc(1000));
        treasury.show_attempt(treasury.pay({100, 200}));
        treasury.show_funding(treasury.usdc(7), "GSTRANGER");
        treasury.pay({50});
        treasury.db.clock.advance(std::chrono::hours{1});
        statement = treasury.statement();
    }
    Story story() {
        return {
            [this](db::Database& database) {
                const auto scope = [&](std::string_view what) {
                    return db::Scope{.organizer = treasury.org, .what = what};
                };
                const auto now = treasury.db.clock.now();
                const auto done = treasury_value(database, "SELECT count(*)::text AS v FROM recon_run");
                if (done == "0")
                    db::transact(database, scope("recon.run"), [&](db::Transaction& tx) {
                        const ledger::Book book{tx, treasury.org, treasury.db.ids, now};
                        recon::take_in({book, treasury.treasury, "tester"}, statement);
                    });
                close_all(database, scope("recon.close"));
                return 0;
            },
            [this] {
                return treasury.value(
                    "SELECT concat_ws(' ', (SELECT count(*) FROM recon_run), (SELECT count(*) FROM statement_line), "
                    "(SELECT string_agg(type || ':' || coalesce(close_code, 'open'), ' ' ORDER BY type, subject) FROM "
                    "recon_break), (SELECT count(*) FROM journal), (SELECT string_agg(state, ' ' ORDER BY pos) FROM "
                    "payout))");
            },
            treasury.db.target()};
    }
    std::string treasury_value(db::Database& database, std::string_view sql) {
        return db::transact(database, {.organizer = treasury.org, .read_only = true},
                            [&](db::Transaction& tx) { return tx.raw(sql).one().get<std::string>("v"); });
    }
    void close_all(db::Database& database, const db::Scope& scope) {
        std::vector<BreakId> open;
        db::transact(database, {.organizer = treasury.org, .read_only = true}, [&](db::Transaction& tx) {
            for (const auto& row : tx.raw("SELECT id FROM recon_break WHERE closed_at IS NULL ORDER BY type, subject"))
                open.push_back(row.get<BreakId>("id"));
        });
        for (const auto id : open)
            db::transact(database, scope, [&](db::Transaction& tx) {
                const ledger::Book book{tx, treasury.org, treasury.db.ids, treasury.db.clock.now()};
                recon::close(book, {id, recon::CloseCode::written_off, "looked at it", "tester"});
            });
    }
    void sweep() { treasury.sweep(); }
    TreasuryFixture treasury;
    rail::Statement statement;
};

} // namespace

TEST_CASE("killed around the commit of a settlement: settled once", "[sim]") { kill_everywhere<SettleWorld>(2); }

TEST_CASE("killed around any commit of a reconciliation: run once, each break closed once", "[sim]") {
    kill_everywhere<ReconWorld>(4);
}
