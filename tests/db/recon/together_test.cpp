// A run and a person at the same break at the same time: whoever comes first has it, and the book hears of it once.
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace passa;
using namespace passa::recon;
using test::TreasuryFixture;
using Said = rail::StatementLine;

namespace {

// Somebody else of this database waits for a lock, or has come to its end.
void wait_until_held_up(test::FreshDatabase& db, const std::atomic<bool>& is_done) {
    while (!is_done) {
        const auto waiting = db.owner()
                                 .connection()
                                 .raw("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() "
                                      "AND wait_event_type = 'Lock'")
                                 .one()
                                 .get<std::int64_t>("n");
        if (waiting > 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

std::string balance(TreasuryFixture& f, std::string_view kind) {
    return f.value(fmt::format("SELECT coalesce(sum(o.amount), 0) FROM posting o JOIN account a ON a.id = o.account_id "
                               "WHERE a.kind = '{}'",
                               kind));
}

} // namespace

TEST_CASE("a break that is being closed by hand is not explained by a run at the same time", "[db][recon]") {
    TreasuryFixture f;
    f.show({"aaaa:0", Said::Kind::payment, f.usdc(500), "GBANK", "", {}, 0});
    f.run();
    REQUIRE(f.open_breaks() == "MISSING_INTERNAL");
    f.execute("UPDATE treasury SET funded_from = '{GBANK}'"); // now a run would know what it was
    f.db.clock.advance(std::chrono::minutes{10});
    f.show({"bbbb:0", Said::Kind::payment, f.usdc(1), "GBANK", "", {}, 0});

    const auto statement = f.statement();
    const auto now = f.db.clock.now();
    std::atomic<bool> is_done{false};
    std::thread runner;
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        const auto id = load_breaks(tx, f.org, {}).at(0).id;
        recon::close({tx, f.org, f.db.ids, now}, {id, CloseCode::funding, "our own", "clerk"});
        runner = std::thread{[&] {
            db::Database own{{f.db.target(), "passa.tests"}};
            db::transact(own, {f.org}, [&](db::Transaction& mine) {
                recon::take_in({{mine, f.org, f.db.ids, now}, f.treasury, "runner"}, statement);
            });
            is_done = true;
        }};
        wait_until_held_up(f.db, is_done);
    });
    runner.join();
    REQUIRE(balance(f, "treasury") == "501");
    REQUIRE(balance(f, "funding") == "-501");
    REQUIRE(balance(f, "suspense") == "0");
    REQUIRE(f.open_breaks().empty());
    f.sweep();
}

TEST_CASE("a break that a run is explaining is not closed by hand at the same time", "[db][recon]") {
    TreasuryFixture f;
    f.show({"aaaa:0", Said::Kind::payment, f.usdc(500), "GBANK", "", {}, 0});
    f.run();
    f.execute("UPDATE treasury SET funded_from = '{GBANK}'");
    f.db.clock.advance(std::chrono::minutes{10});
    f.show({"bbbb:0", Said::Kind::payment, f.usdc(1), "GBANK", "", {}, 0});

    const auto statement = f.statement();
    const auto now = f.db.clock.now();
    std::atomic<bool> is_done{false};
    std::string refused;
    std::thread clerk;
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        const auto id = load_breaks(tx, f.org, {}).at(0).id;
        recon::take_in({{tx, f.org, f.db.ids, now}, f.treasury, "runner"}, statement);
        clerk = std::thread{[&, id] {
            db::Database own{{f.db.target(), "passa.tests"}};
            try {
                db::transact(own, {f.org}, [&](db::Transaction& mine) {
                    recon::close({mine, f.org, f.db.ids, now}, {id, CloseCode::written_off, "gone", "clerk"});
                });
            } catch (const Error& error) {
                refused = error.first().code;
            }
            is_done = true;
        }};
        wait_until_held_up(f.db, is_done);
    });
    clerk.join();
    REQUIRE(refused == "recon.closed_already");
    REQUIRE(balance(f, "treasury") == "501");
    REQUIRE(balance(f, "suspense") == "0");
    f.sweep();
}
