// No law of the house is left out of what reports and `ledger check` prove, and a broken one shows in the report.
#include "lib/report/figures.hpp"
#include "lib/report/laws.hpp"
#include "lib/report/page.hpp"
#include "tests/support/all_statements.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace passa;

namespace {

struct World {
    World()
        : file("laws"), network(file.path(), {"KES", 2}), world(db, "demo", {{"band", 900'01}}),
          rail(network, world.clock, 1, {}) {
        network.fund(2000'00);
        const auto batch = world.create();
        world.approve(batch);
        world.send(batch, rail);
    }
    template <typename F>
    auto read(F&& ask) {
        return db::transact(db.app(), {world.org}, std::forward<F>(ask));
    }
    std::string broken() {
        std::string names;
        for (const auto& check : read(report::check_laws))
            if (check.broken != 0) names += check.name + " ";
        return names;
    }
    report::EventFigures figures() {
        return read([&](db::Transaction& tx) {
            const auto event = event::get_event(tx, world.org, "show");
            return report::load_event_figures(tx, world.org, event, world.clock.now());
        });
    }
    void tamper(const std::string& table, const std::string& sql) {
        db::transact(db.owner(), {world.org}, [&](db::Transaction& tx) {
            tx.raw("ALTER TABLE " + table + " DISABLE TRIGGER USER");
            tx.raw(sql);
        });
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
};

} // namespace

TEST_CASE("every check statement of every module is in the one list", "[db][report]") {
    World w;
    std::set<std::string> written, run;
    for (const auto& statement : test::all_statements())
        if (statement.name.find(".check_") != std::string_view::npos) written.emplace(statement.name);
    for (const auto& check : w.read(report::check_laws)) run.insert(check.name);
    CHECK(run == written);
    CHECK(w.broken().empty());
}

TEST_CASE("a broken law of payouts is an alarm on the report", "[db][report]") {
    World w;
    w.tamper("payout_attempt", "UPDATE payout_attempt SET state = 'unknown'");
    CHECK(w.broken() == "payout.check_one_live_attempt payout.check_proof_is_kept ");
    const auto figures = w.figures();
    CHECK_FALSE(figures.all_hold());
    CHECK(report::make_event_page(figures, "passa test").find("These figures do not add up") != std::string::npos);
}

TEST_CASE("a payment without the evidence of it is an alarm on the report", "[db][report]") {
    World w;
    SECTION("none") {
        w.tamper("payout_move", "UPDATE payout_move SET evidence_id = NULL WHERE cause = 'proof_of_success'");
    }
    SECTION("of another attempt") { w.tamper("evidence", "UPDATE evidence SET attempt_id = gen_random_uuid()"); }
    CHECK(w.broken() == "payout.check_proof_is_kept ");
    CHECK_FALSE(w.figures().all_hold());
}

TEST_CASE("a broken law of reconciliation is an alarm on the report", "[db][report]") {
    World w;
    w.tamper("payout", "UPDATE payout SET state = 'settled'");
    CHECK(w.broken().find("recon.check_settled_has_line ") != std::string::npos);
    CHECK_FALSE(w.figures().all_hold());
}
