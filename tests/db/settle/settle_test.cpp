// Settlement against a real database: due to date less posted, whatever the order in which lines and settlements come.
#include "lib/ledger/check.hpp"
#include "lib/settle/checks.hpp"
#include "lib/settle/settlement.hpp"
#include "tests/support/held_sales.hpp"
#include "tests/support/settle_fixture.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <thread>

using namespace passa;
using money::Amount;
using money::Int128;
using Fixture = test::SettleFixture;

namespace {

// Sells the first line once more, past the lock that importers take.
std::string one_more_line() {
    return "INSERT INTO sale_line SELECT (jsonb_populate_record(l, jsonb_build_object('id', fresh.id, 'sale_id', "
           "fresh.id, "
           "'order_ref', fresh.id))).* FROM sale_line l, gen_random_uuid() AS fresh (id) WHERE l.seq = 0 LIMIT 1";
}

} // namespace

TEST_CASE("a second settlement posts nothing", "[db]") {
    Fixture f;
    f.add_line(1000'00, 160'00, 30'00, 0, false);
    const auto first = f.settle();
    REQUIRE(first.has_value());
    REQUIRE(first->lines == 1);
    REQUIRE_FALSE(f.settle().has_value());
    Int128 sum = 0;
    for (const auto& [name, minor] : f.posted()) sum += minor;
    REQUIRE(sum == 810'00);
    f.db.sweep(f.org);
}

TEST_CASE("a full refund takes everything back to the unit", "[db]") {
    Fixture f;
    const auto sale = f.add_line(999'99, 137'93, 31'07, 0, true);
    f.settle();
    f.change_line(sale, "refund", -f.sales[sale].now);
    f.settle();
    for (const auto& [name, minor] : f.posted()) {
        CAPTURE(name);
        REQUIRE(minor == 0);
    }
    f.db.sweep(f.org);
}

TEST_CASE("a sale and its refund in one settlement leave nothing to post and are settled", "[db]") {
    Fixture f;
    const auto sale = f.add_line(100'00, 0, 0, 0, false);
    f.change_line(sale, "refund", {-100'00, 0, 0});
    REQUIRE(f.settle()->lines == 2);
    REQUIRE_FALSE(f.settle().has_value());
    f.db.sweep(f.org);
}

TEST_CASE("two settlements at once take turns: one posts, the other finds nothing left", "[db]") {
    Fixture f;
    for (int n = 0; n < 50; ++n) f.add_line(100'00 + n, 0, 0, 0, false);
    f.db.clock.advance(std::chrono::seconds{1});
    std::array<std::optional<settle::Settlement>, 2> done;
    std::vector<std::thread> threads;
    for (auto& mine : done) {
        threads.emplace_back([&] {
            db::Database own{{f.db.target(), "passa.tests"}};
            mine = db::transact(own, {f.org}, [&](db::Transaction& tx) {
                return settle::settle({tx, f.org, f.db.ids, f.db.clock.now()}, event::get_event(tx, f.org, "show"),
                                      f.db.clock.now(), "tester");
            });
        });
    }
    for (auto& thread : threads) thread.join();
    REQUIRE(done[0].has_value() != done[1].has_value());
    REQUIRE((done[0] ? done[0] : done[1])->lines == 50);
    f.db.sweep(f.org);
}

TEST_CASE("a settlement waits for sales that are being written, and takes them in", "[db]") {
    Fixture f;
    f.add_line(100'00, 0, 0, 0, false);
    f.db.clock.advance(std::chrono::seconds{1});
    std::future<std::optional<settle::Settlement>> settling;
    test::HeldSales writer{f.db, "pg_advisory_xact_lock_shared", f.org, f.event};
    settling = std::async(std::launch::async, [&] { return f.settle(); });
    REQUIRE(writer.is_awaited_by(settling));
    writer.run(one_more_line());
    writer.commit();
    const auto done = settling.get();
    REQUIRE(done.has_value());
    CHECK(done->lines == 2);
}

TEST_CASE("lines that appear between the sum and the marks are refused, and nothing is settled", "[db]") {
    Fixture f;
    f.add_line(100'00, 0, 0, 0, false);
    auto& owner = f.db.owner().connection();
    owner.raw("CREATE FUNCTION sell_one_more() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN " +
              one_more_line() + "; RETURN NULL; END $$");
    owner.raw("CREATE TRIGGER beside AFTER INSERT ON settlement_intake EXECUTE FUNCTION sell_one_more()");
    try {
        f.settle();
        FAIL("it settled a line that it had not summed");
    } catch (const Error& error) {
        CHECK(error.first().code == "settle.lines_moved");
    }
    db::transact(f.db.app(), {f.org},
                 [&](db::Transaction& tx) { CHECK(settle::load_settlements(tx, f.org, f.event).empty()); });
}

TEST_CASE("settlements keep the order they were made in, whatever the clock says", "[db]") {
    Fixture f;
    std::vector<SettlementId> made;
    for (int i = 0; i < 4; ++i) {
        f.add_line(1000'00 + i, 0, 0, 0, true);
        made.push_back(f.settle()->id);
        f.db.clock.advance(-std::chrono::minutes{1}); // lines are settled from the future too: only the order matters
    }
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        for (const auto& id : made) CHECK_NOTHROW(settle::replay(tx, f.org, id));
        const auto listed = settle::load_settlements(tx, f.org, f.event); // newest first
        for (std::size_t i = 0; i < made.size(); ++i) CHECK(listed.at(made.size() - 1 - i).id == made.at(i));
    });
    f.db.sweep(f.org);
}

TEST_CASE("a changed stored figure makes the replay fail loudly", "[db]") {
    const auto payable = [](const Fixture& f, std::size_t party) {
        return "(SELECT id FROM account WHERE kind = 'party_payable' AND party_id = '" + f.parties[party].uuid() + "')";
    };
    const std::vector<std::pair<std::string, std::string>> changes{
        {"settlement_due", "due = due + 1, delta = delta + 1 WHERE kind = 'share'"},
        {"settlement_intake", "eligible = eligible + 1"},
        {"settlement_intake", "gross = gross + 1, net = net + 1"},
        {"sale_line", "gross = gross + 1, net = net + 1"},
        {"sale_line", "creator_id = NULL, campaign_version_id = NULL"},
        {"settlement", "through = through - interval '1 year'"},
        {"sale_line", "occurred_at = occurred_at + interval '1 year'"},
        {"posting", "account_id = FIRST WHERE account_id = SECOND"},
    };
    for (const auto& [table, change] : changes) {
        CAPTURE(table, change);
        Fixture f;
        f.add_line(1000'00, 0, 0, 0, true);
        const auto settlement = f.settle();
        auto sql = fmt::format("UPDATE {} SET {}", table, change);
        for (const auto& [word, party] : {std::pair<std::string, std::size_t>{"FIRST", 0}, {"SECOND", 2}})
            if (const auto at = sql.find(word); at != std::string::npos)
                sql.replace(at, word.size(), payable(f, party));
        f.db.owner().connection().raw("ALTER TABLE " + table + " DISABLE TRIGGER append_only");
        f.db.owner().connection().raw(sql);
        for (const bool all : {false, true}) try {
                db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
                    static_cast<void>(all ? settle::replay_all(tx, f.org, f.event).size()
                                          : settle::replay(tx, f.org, settlement->id).intakes.size());
                });
                FAIL("the replay did not notice");
            } catch (const Error& error) {
                REQUIRE(error.first().code == "explain.replay_differs");
            }
    }
}

TEST_CASE("a journal that credits another party than the settlement says is found", "[db]") {
    Fixture f;
    f.add_line(1000'00, 0, 0, 0, true);
    f.settle();
    const auto broken = [&](std::span<const db::Statement> laws) {
        std::string names;
        db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            for (const auto& result : ledger::run_checks(tx, laws))
                if (result.broken != 0) names += fmt::format("{}:{} ", result.name, result.broken);
        });
        return names;
    };
    REQUIRE(broken(settle::statements()).empty());
    f.db.owner().connection().raw("ALTER TABLE posting DISABLE TRIGGER append_only");
    const auto account = [&](std::size_t party) {
        return "(SELECT id FROM account WHERE kind = 'party_payable' AND party_id = '" + f.parties[party].uuid() + "')";
    };
    f.db.owner().connection().raw("UPDATE posting SET account_id = " + account(0) +
                                  " WHERE account_id = " + account(2));
    REQUIRE(broken(ledger::statements()).empty());
    REQUIRE(broken(settle::statements()) == "settle.check_postings_equal_deltas:2 ");
}

TEST_CASE("the ledger refuses another content under the same cause, and an unbalanced statement", "[db]") {
    Fixture f;
    const auto cause = f.db.ids.next();
    const auto post = [&](Int128 minor) {
        return db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            const Amount amount{minor, {"KES", 2}};
            return ledger::post({tx, f.org, f.db.ids, f.db.clock.now()},
                                {"funding",
                                 cause,
                                 "",
                                 {},
                                 f.db.clock.now(),
                                 "",
                                 {{{ledger::AccountKind::fx}, -amount}, {{ledger::AccountKind::expense}, amount}}});
        });
    };
    const auto first = post(100);
    REQUIRE(post(100) == first);
    REQUIRE_THROWS_WITH(post(101), Catch::Contains("was posted before"));
    REQUIRE_THROWS_WITH(
        f.db.owner().connection().raw(
            "INSERT INTO posting SELECT organizer_id, journal_id, 99, account_id, asset_id, 5 FROM posting LIMIT 1"),
        Catch::Contains("off by 5"));
    const auto undone = db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        return ledger::reverse({tx, f.org, f.db.ids, f.db.clock.now()}, first, "mistake");
    });
    REQUIRE(db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
                return ledger::reverse({tx, f.org, f.db.ids, f.db.clock.now()}, first, "again");
            }) == undone);
    f.db.sweep(f.org);
}
