// What changed after a batch was made: less is owed, or the money is wanted elsewhere.
#include "lib/payout/lease.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

// Whoever changes something just before a transaction is made.
class BusyCatalog final : public test::RailInFront {
public:
    BusyCatalog(rail::Rail& behind, std::function<void()> change) : RailInFront(behind), m_change(std::move(change)) {}
    void get_ready(const rail::Numbers& known) override {
        RailInFront::get_ready(known);
        if (!m_done) m_change();
        m_done = true;
    }

private:
    std::function<void()> m_change;
    bool m_done = false;
};

} // namespace

TEST_CASE("a payable that shrank after the batch was made is blocked, the rest is paid", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.owe("band", ledger::AccountKind::party_payable, -1);
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    w.sweep();
}

TEST_CASE("a party that moved its account after the batch was made is not paid at the old one", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.move_party("band", "to-elsewhere");
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    const auto again = w.approved(); // still owed: the next batch goes to the new account
    REQUIRE(w.send(again).paid() == 1);
    REQUIRE(w.paid().at("to-elsewhere") == 100'00);
    w.sweep();
}

TEST_CASE("money that was set aside for an address that was given up is owed again", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    REQUIRE(w.reserve(batch).left() == 2); // reserved, and nothing left
    w.move_party("band", "to-elsewhere");
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::failed) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    REQUIRE(w.balances().at("party_payable band") == -100'00);
    w.sweep();
}

TEST_CASE("an address that is given up while the transaction is being made is not paid", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    const std::string change = GENERATE("destination = 'to-elsewhere'", "memo = 'id:7'", "payout_asset_id = 'XLM'");
    CAPTURE(change);
    BusyCatalog busy{w.rail, [&] { w.execute("UPDATE party SET " + change + " WHERE name = 'band'"); }};
    const auto sent = w.send(batch, busy);
    REQUIRE(sent.count(State::failed) == 1);
    REQUIRE(sent.paid() == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    REQUIRE(w.balances().at("party_payable band") == -100'00); // stays payable
    w.sweep();
}

TEST_CASE("no apply changes a party between the last look at it and the stored bytes", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    db::Database other{{w.db.target(), "passa.tests"}};
    const auto apply = [&] {
        db::transact(other, {w.org}, [&](db::Transaction& tx) {
            tx.run(db::Statement{"test.lock", "SELECT pg_advisory_xact_lock(passa_catalog_key($1))"}, w.org);
        });
    };
    const auto sender = w.desk(w.db.app());
    Lease lease{sender, batch};
    std::string code;
    lease.write_under_catalog("test", [&](db::Transaction&) { code = test::problem_code(apply); });
    REQUIRE(code == "db.locked");
    REQUIRE(test::problem_code(apply).empty());
}

TEST_CASE("a party that wants another asset after the batch was made is not paid in the old one", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.execute("UPDATE party SET payout_asset_id = 'XLM' WHERE name = 'band'");
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    w.sweep();
}
