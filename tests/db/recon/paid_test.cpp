// The chain paid what the book calls failed, cancelled or still set aside: closed as `paid`, the payee is not owed it
// any more, and no later batch pays it again.
#include "lib/payout/cancel.hpp"
#include "lib/payout/read.hpp"
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/run.hpp"
#include "lib/report/statement.hpp"
#include "tests/support/found_paid_world.hpp"
#include "tests/support/payment_list.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <thread>

using namespace passa;
using namespace passa::recon;
using money::Int128;
using World = test::FoundPaidWorld;
using Said = rail::StatementLine;

namespace {

// One KES is 1.2 JPY, since ever.
void add_rate(World& w) {
    w.world.value("WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, "
                  "mantissa, decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', 1, "
                  "'KES', 'JPY', 12, 1, '-infinity', 'a bank', '-infinity' RETURNING 1) SELECT count(*) AS value FROM "
                  "r");
}

} // namespace

TEST_CASE("a payout still set aside that the chain paid is withdrawn, and nothing more is owed", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.try_in_vain();
    w.show_paid("band", 100'00, "to-band");
    w.close(CloseCode::paid);
    REQUIRE(w.state("band") == "cancelled");
    w.require_paid_once("band");
}

TEST_CASE("a failed payout that the chain paid after all is not owed any more", "[db][recon]") {
    World w{{{"band", 100'00, "somewhere", {}, 20'00}}};
    w.network.close_destination("to-band");
    w.world.send(w.batch, w.rail);
    REQUIRE(w.state("band") == "failed");
    REQUIRE(w.world.balances().at("party_payable band") == -100'00);
    w.show_paid("band", 120'00, "to-band");
    w.close(CloseCode::paid);
    REQUIRE(w.state("band") == "failed");
    REQUIRE_FALSE(w.world.balances().contains("commission_payable band"));
    const auto payout = w.world.payouts(w.batch).at(0);
    REQUIRE(payout.found_paid);
    REQUIRE(payout.reason == "found paid by clerk: looked at it");
    const auto listed = db::transact(
        w.db.app(), {w.world.org}, [&](db::Transaction& tx) { return payout::load_batches(tx, w.world.org, {}, 10); });
    REQUIRE(listed.at(0).paid == 1);
    REQUIRE(listed.at(0).not_paid == 0);
    REQUIRE(listed.at(0).total.minor() == 120'00);
    w.network.open_destination("to-band");
    w.require_paid_once("band");
    const auto event = db::transact(w.db.app(), {w.world.org},
                                    [&](db::Transaction& tx) { return event::get_event(tx, w.world.org, "show"); });
    const auto told = db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        return report::load_statements(tx, w.world.org, {event, "band", w.world.clock.now()});
    });
    const auto& lines = told.at(0).accounts.at(0).lines; // with what the fixture owes it, as another booking
    REQUIRE(lines.size() == 2);
    REQUIRE(told.at(0).accounts.at(0).totals.paid.minor() == 120'00);
    REQUIRE(lines[0].what == "Payout, found paid after it was given up");
    REQUIRE(lines[0].amount.minor() == -120'00);
}

TEST_CASE("other codes say that the chain is wrong: the payee is owed as before", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.try_in_vain();
    w.show_paid("band", 100'00, "to-band");
    w.close(CloseCode::provider_corrected);
    REQUIRE(w.state("band") == "reserved");
    REQUIRE(w.world.send(w.batch, w.rail).paid() == 1);
    w.db.sweep(w.world.org);
}

TEST_CASE("what went elsewhere, was another sum or may still go is not booked as paid", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.try_in_vain();
    SECTION("to somebody else") { w.show_paid("band", 100'00, "to-crew"); }
    SECTION("another sum") { w.show_paid("band", 99'00, "to-band"); }
    SECTION("paid by a later attempt") {
        w.show_paid("band", 100'00, "to-band");
        db::transact(w.db.owner(), {w.world.org}, [&](db::Transaction& tx) {
            tx.raw("ALTER TABLE payout DISABLE TRIGGER payout_fixed");
            tx.raw("UPDATE payout SET state = 'settled'"); // as a sender that did not know of the break would have
        });
    }
    REQUIRE(test::problem_code([&] { w.close(CloseCode::paid); }) == "recon.not_by_hand");
}

TEST_CASE("what a later batch has taken up is withdrawn there before it is booked as paid", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.network.close_destination("to-band");
    w.world.send(w.batch, w.rail);
    const auto again = w.world.create();
    w.world.approve(again);
    test::FakeRail unlucky{w.network, w.world.clock, 7, {.bad_sequence = 100}};
    w.world.send(again, unlucky);
    REQUIRE(w.world.payouts(again).at(0).state == payout::State::reserved);
    w.show_paid("band", 100'00, "to-band", "ASC");
    REQUIRE(test::problem_code([&] { w.close(CloseCode::paid); }) == "recon.not_by_hand");
    payout::cancel(w.world.desk(w.db.app()), again, "paid already");
    w.close(CloseCode::paid);
    w.network.open_destination("to-band");
    w.require_paid_once("band");
}

TEST_CASE("a second payment of what was closed as paid is a duplicate", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.try_in_vain();
    w.show_paid("band", 100'00, "to-band");
    w.close(CloseCode::paid);
    const auto first =
        w.world.value("SELECT key AS value FROM payout_attempt WHERE organizer_id = $1 ORDER BY made_at, id "
                      "LIMIT 1");
    rail::Statement said{1, 2, 2, true, "", {}, {{-200'00, {"KES", 2}}}, w.world.clock.now()};
    said.lines.push_back({first + ":0", Said::Kind::payment, {-100'00, {"KES", 2}}, "to-band", "", {}, 2});
    db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        const auto treasury = load_treasuries(tx, w.world.org, {}).at(0).id;
        take_in({{tx, w.world.org, w.db.ids, w.world.clock.now()}, treasury, "tester"}, said);
        REQUIRE(load_breaks(tx, w.world.org, {}).at(0).type == "DUPLICATE_EXTERNAL");
    });
    w.db.sweep(w.world.org);
}

TEST_CASE("a converted payout that the chain paid is booked at the rate it had", "[db][recon]") {
    World w{{{"band", 1000'99}}, {"JPY", 0}};
    add_rate(w);
    w.make(w.world.event);
    const auto amount = w.world.payouts(w.batch).at(0).amount.minor();
    REQUIRE(amount > 0);
    w.try_in_vain();
    const auto reserved = w.world.balances(); // as when it is paid the usual way
    w.show_paid("band", amount, "to-band");
    w.close(CloseCode::paid);
    const auto books = w.world.balances();
    for (const auto* same : {"fx KES", "fx JPY", "fx_rounding KES"}) REQUIRE(books.at(same) == reserved.at(same));
    REQUIRE(books.at("treasury JPY") == -amount);
    w.require_paid_once("band");
}

TEST_CASE("the debts that a payout nets are cleared when it is found paid", "[db][recon]") {
    World w{{{"band", -300'00}}};
    const auto second = w.world.add_event("second");
    w.world.owe("band", ledger::AccountKind::party_payable, 500'00, second);
    w.make(second);
    REQUIRE(w.world.payouts(w.batch).at(0).netted.minor() == 300'00);
    SECTION("still set aside") { w.try_in_vain(); }
    SECTION("failed") {
        w.network.close_destination("to-band");
        w.world.send(w.batch, w.rail);
        w.network.open_destination("to-band");
    }
    w.show_paid("band", 200'00, "to-band");
    w.close(CloseCode::paid);
    w.require_paid_once("band");
    REQUIRE(w.world.create({second, {}, {}, false, {}}).is_nil());
}

TEST_CASE("a line of a payment file that the chain paid is not paid by the file again", "[db][recon]") {
    World w{{{"band", 0}}};
    test::PaymentList payments;
    payments.sha256[0] = 7;
    payments.lines = {{2, "band", {}, {100'00, {"KES", 2}}, {}, "travel"}};
    const payout::CreateOrder again{{}, {}, payments, true, {}};
    w.make({{}, {}, payments, false, {}});
    w.network.close_destination("to-band");
    w.world.send(w.batch, w.rail);
    w.network.open_destination("to-band");
    SECTION("found before another batch is made") {
        w.show_paid("band", 100'00, "to-band");
        w.close(CloseCode::paid);
    }
    SECTION("a batch of the same line is withdrawn first") {
        const auto rival = w.world.create(again);
        w.show_paid("band", 100'00, "to-band");
        REQUIRE(test::problem_code([&] { w.close(CloseCode::paid); }) == "recon.not_by_hand");
        payout::cancel(w.world.desk(w.db.app()), rival, "paid already");
        w.close(CloseCode::paid);
    }
    REQUIRE(w.world.balances().at("expense KES") == 100'00);
    REQUIRE(test::problem_code([&] { w.world.create(again); }) == "payout.file_paid");
    w.db.sweep(w.world.org);
}

TEST_CASE("two people who close one break as paid at once book it once", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.try_in_vain();
    w.show_paid("band", 100'00, "to-band");
    std::vector<std::string> codes(2);
    std::vector<std::thread> people;
    for (auto& code : codes)
        people.emplace_back([&] {
            db::Database own{{w.db.target(), "passa.tests"}};
            code = test::problem_code([&] {
                db::transact(own, {w.world.org}, [&](db::Transaction& tx) {
                    recon::close({tx, w.world.org, w.db.ids, w.world.clock.now()},
                                 {w.breaks.at(0).id, CloseCode::paid, "looked at it", "clerk"});
                });
            });
        });
    for (auto& person : people) person.join();
    std::sort(codes.begin(), codes.end());
    REQUIRE(codes == std::vector<std::string>{"", "recon.closed_already"});
    w.require_paid_once("band");
}

TEST_CASE("what was found paid and then came back is owed again, and paid by the next batch", "[db][recon]") {
    World w{{{"band", 100'00, "somewhere", {}, 20'00}}};
    const bool failed = GENERATE(true, false);
    if (failed) {
        w.network.close_destination("to-band");
        w.world.send(w.batch, w.rail);
        w.network.open_destination("to-band");
    } else {
        w.try_in_vain();
    }
    w.show_paid("band", 120'00, "to-band");
    w.close(CloseCode::paid);
    const auto payout = w.world.payouts(w.batch).at(0).id;
    const bool by_payee = GENERATE(true, false);
    w.show_back(120'00, by_payee ? "to-band" : "hot-wallet");
    REQUIRE(w.breaks[0].type == (by_payee ? "LATE_RETURN" : "MISSING_INTERNAL"));
    if (by_payee) {
        REQUIRE(w.breaks[0].payout == payout.bytes());
        w.close(CloseCode::returned);
    } else {
        REQUIRE(test::problem_code([&] { w.close(CloseCode::returned); }) == "recon.not_by_hand");
        w.close(CloseCode::returned, payout);
    }

    auto books = w.world.balances();
    REQUIRE(books.at("party_payable band") == -100'00);
    REQUIRE(books.at("commission_payable band") == -20'00);
    REQUIRE_FALSE(books.contains("treasury KES")); // it paid 120.00, and they came back
    REQUIRE(w.suspense() == "0");
    const auto told = w.world.payouts(w.batch).at(0);
    REQUIRE_FALSE(told.found_paid);
    REQUIRE(told.reason.find("found paid by clerk: looked at it; back2:0 brought it back: ") == 0);
    const auto listed = db::transact(
        w.db.app(), {w.world.org}, [&](db::Transaction& tx) { return payout::load_batches(tx, w.world.org, {}, 10); });
    REQUIRE(listed.at(0).paid == 0);
    w.db.sweep(w.world.org);

    w.show_back(120'00, "to-band"); // it came back once: what comes now is somebody else's
    REQUIRE(w.breaks[0].type == "MISSING_INTERNAL");
    REQUIRE(test::problem_code([&] { w.close(CloseCode::returned, payout); }) == "recon.not_by_hand");
    w.close(CloseCode::funding);
    const auto again = w.world.create();
    w.world.approve(again);
    REQUIRE(w.world.send(again, w.rail).paid() == 1);
    REQUIRE_FALSE(w.world.balances().contains("party_payable band"));
    REQUIRE(w.network.payments().size() == 1);
    w.db.sweep(w.world.org);
}

TEST_CASE("a part of what was found paid brings nothing back, and a converted payout comes back whole", "[db][recon]") {
    World w{{{"band", 1000'99}}, {"JPY", 0}};
    add_rate(w);
    w.make(w.world.event);
    const auto payout = w.world.payouts(w.batch).at(0);
    w.try_in_vain();
    w.show_paid("band", payout.amount.minor(), "to-band");
    w.close(CloseCode::paid);
    SECTION("whole") {
        w.show_back(payout.amount.minor(), "to-band");
        w.close(CloseCode::returned);
        const auto books = w.world.balances();
        REQUIRE(books.at("party_payable band") == -1000'99);
        for (const auto* gone : {"fx KES", "fx JPY", "fx_rounding KES", "treasury JPY"})
            REQUIRE_FALSE(books.contains(gone));
    }
    SECTION("a part") {
        w.show_back(1, "to-band");
        REQUIRE(test::problem_code([&] { w.close(CloseCode::returned, payout.id); }) == "recon.not_by_hand");
        REQUIRE(w.world.payouts(w.batch).at(0).found_paid);
    }
    w.db.sweep(w.world.org);
}

TEST_CASE("a line of a payment file that was found paid and came back is paid again when asked to", "[db][recon]") {
    World w{{{"band", 0}}};
    test::PaymentList payments;
    payments.sha256[0] = 7;
    payments.lines = {{2, "band", {}, {100'00, {"KES", 2}}, {}, "travel"}};
    w.make({{}, {}, payments, false, {}});
    w.try_in_vain();
    w.show_paid("band", 100'00, "to-band");
    w.close(CloseCode::paid);
    w.show_back(100'00, "to-band");
    w.close(CloseCode::returned);
    REQUIRE_FALSE(w.world.balances().contains("expense KES"));
    const auto again = w.world.create({{}, {}, payments, true, {}});
    REQUIRE(w.world.payouts(again).at(0).amount.minor() == 100'00);
    w.db.sweep(w.world.org);
}
