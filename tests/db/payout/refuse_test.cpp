// What payouts refuse: by whom, when, and over which limit; nothing is reserved or sent by a refused order.
#include "lib/payout/approve.hpp"
#include "lib/payout/lease.hpp"
#include "lib/payout/outcome.hpp"
#include "lib/payout/store.hpp"
#include "tests/support/becomes_true.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/payment_list.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;
using test::problem_code;

namespace {

const std::vector<test::OwedParty> k_two{{"band", 900'00}, {"venue", 100'00}};

void approve_hash(PayingWorld& w, BatchId batch, const std::string& prefix) {
    const auto desk = w.desk(w.db.app(), "checker");
    db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { approve(tx, desk, batch, prefix); });
}

// Says that an attempt is dead, and shows nothing for it.
class LyingRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    rail::Outcome send(const rail::Attempt&) override { return {says, "trust me", {}, {}, {}, {}}; }
    rail::Outcome find(const rail::Attempt& attempt) override { return send(attempt); }
    rail::Standing says = rail::Standing::absent;
};

} // namespace

TEST_CASE("the maker may not approve, unless one person is enough by policy", "[db][payout]") {
    PayingWorld w{k_two};
    const auto batch = w.create();
    REQUIRE(problem_code([&] { w.approve(batch, "maker"); }) == "payout.own_batch");
    REQUIRE(problem_code([&] { w.send(batch); }) == "payout.not_approved");
    REQUIRE(problem_code([&] { approve_hash(w, batch, "12345678"); }) == "payout.other_hash");
    REQUIRE(problem_code([&] { approve_hash(w, batch, "1"); }) == "payout.other_hash");
    for (const auto* alias : {"maker ", "Maker", " MAKER"}) {
        CAPTURE(alias);
        REQUIRE(problem_code([&] { w.approve(batch, alias); }) == "payout.own_batch");
    }
    w.approve(batch, "checker");
    w.approve(batch, "Checker"); // twice is once
    REQUIRE(w.value("SELECT os_user || ' ' || (db_user = session_user) AS value FROM payout_approval WHERE "
                    "organizer_id = $1") == "os-checker true");
    REQUIRE(w.value("SELECT made_os_user AS value FROM payout_batch WHERE organizer_id = $1") == "os-maker");
    REQUIRE(problem_code([&] { w.approve(batch, "third"); }) == "payout.not_waiting");
    REQUIRE(problem_code([&] { w.approve(w.db.ids.make<BatchTag>()); }) == "payout.no_batch");

    PayingWorld alone{{{"band", 5'00}}};
    alone.add_policy("alone", true);
    alone.set_policy("alone");
    const auto own = alone.create();
    alone.approve(own, "maker");
    alone.network.fund(5'00);
    REQUIRE(alone.send(own).paid() == 1);
}

TEST_CASE("an approval holds for exactly what was approved", "[db][payout]") {
    PayingWorld w{k_two};
    const auto batch = w.approved();
    w.execute("ALTER TABLE payout DISABLE TRIGGER payout_fixed"); // what the database itself would refuse
    SECTION("another destination") { w.execute("UPDATE payout SET destination = 'elsewhere' WHERE pos = 0"); }
    SECTION("another amount") {
        w.execute("UPDATE payout SET amount_minor = amount_minor + 1, owed_minor = owed_minor + 1 WHERE pos = 1");
    }
    SECTION("another treasury account") { w.execute("UPDATE treasury SET account = 'OTHER'"); }
    REQUIRE(problem_code([&] { w.send(batch); }) == "payout.changed");
    REQUIRE(w.network.payments().empty());
}

TEST_CASE("what is in an open batch is not planned a second time", "[db][payout]") {
    PayingWorld w{k_two};
    REQUIRE_FALSE(w.create().is_nil());
    REQUIRE(w.create().is_nil());
    w.owe("venue", ledger::AccountKind::party_payable, 7'00);
    const auto more = w.payouts(w.create());
    REQUIRE(more.size() == 1);
    REQUIRE(more[0].amount.minor() == 7'00);
}

TEST_CASE("a treasury that cannot pay the batch pays nothing of it", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(999'99);
    const auto batch = w.approved();
    const auto sent = w.send(batch);
    REQUIRE(sent.halted->code == "payout.funds");
    REQUIRE(sent.left() == 2);
    REQUIRE(w.network.payments().empty());
    REQUIRE(w.balances().at("party_payable band") == -900'00);
    w.network.fund(1);
    REQUIRE(w.send(batch).paid() == 2);
    w.sweep();
}

TEST_CASE("a treasury that pays in what fees are charged in keeps them back", "[db][payout]") {
    const money::Asset xlm{"XLM", 7};
    PayingWorld w{{}, xlm};
    test::PaymentList payments;
    payments.lines = {{2, {}, "to-one", {600, xlm}, {}, ""}, {3, {}, "to-two", {400, xlm}, {}, ""}};
    const auto batch = w.approved({{}, {}, payments, false, {}});
    w.network.fund(1199); // two payments cost 200
    const auto sent = w.send(batch);
    REQUIRE(sent.halted->code == "payout.funds");
    REQUIRE(sent.halted->message.ends_with("0.0001000 XLM and at most 0.0000200 XLM for fees"));
    REQUIRE(w.network.fees() == 0);
    w.network.fund(1);
    REQUIRE(w.send(batch).paid() == 2);
    REQUIRE(w.network.balance() == 0);
    w.sweep();
}

TEST_CASE("a treasury without money for fees is told so before anything is set aside", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    w.network.fund_fees(199);
    const auto batch = w.approved();
    REQUIRE(w.send(batch).halted->code == "payout.fees");
    REQUIRE(w.balances().at("party_payable band") == -900'00);
    w.network.fund_fees(200);
    REQUIRE(w.send(batch).paid() == 2);
}

TEST_CASE("limits per payout and batch hold, and an asset without one is not paid", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(10'000'00);
    SECTION("per payout: blocked, the rest is paid, and it stays payable") {
        w.limits("per_payout_minor", 500'00);
        const auto batch = w.create();
        w.approve(batch);
        const auto sent = w.send(batch);
        REQUIRE(sent.count(State::blocked) == 1);
        REQUIRE(sent.paid() == 1);
        REQUIRE(w.balances().at("party_payable band") == -900'00);
    }
    SECTION("per batch: refused as a whole, and paid in parts by who names them") {
        w.limits("per_batch_minor", 999'99);
        REQUIRE(problem_code([&] { w.create(); }) == "payout.over_batch_limit");
        CreateOrder part{w.event, {}, {}, false, {}};
        part.payees = {"venue"};
        const auto first = w.approved(part);
        REQUIRE(w.payouts(first).size() == 1);
        REQUIRE(w.payouts(first).at(0).party_name == "venue");
        const auto rest = w.approved();
        REQUIRE(w.payouts(rest).size() == 1);
        REQUIRE(w.payouts(rest).at(0).party_name == "band");
        REQUIRE(w.send(rest).paid() == 1);
        REQUIRE(w.send(first).paid() == 1);
        part.payees = {"band", "vneue"};
        REQUIRE(problem_code([&] { w.create(part); }) == "payout.no_payee");
    }
    SECTION("a policy with limits that says nothing of an asset lets none of it pass") {
        w.limits("per_payout_minor", 500'00, "XLM");
        REQUIRE(problem_code([&] { w.create(); }) == "payout.no_limit");
    }
    w.sweep();
}

TEST_CASE("a limit per day holds over all batches, open ones too", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(10'000'00);
    w.limits("per_day_minor", 1000'00);
    SECTION("what other batches plan or reserved today counts") {
        const auto first = w.create();
        w.owe("venue", ledger::AccountKind::party_payable, 1);
        try {
            w.create();
            FAIL("made");
        } catch (const Error& error) {
            REQUIRE(error.first().code == "payout.over_day_limit");
            REQUIRE(error.first().hint.find("passa payout cancel " + first.text()) != std::string::npos);
            REQUIRE(error.first().hint.find("awaiting_approval, 1,000.00 KES") != std::string::npos);
        }
        w.approve(first);
        REQUIRE(w.send(first).paid() == 2);
        REQUIRE(problem_code([&] { w.create(); }) == "payout.over_day_limit");
        w.execute("ALTER TABLE payout DISABLE TRIGGER ALL");
        w.execute("UPDATE payout SET reserved_at = reserved_at - interval '1 day'");
        REQUIRE_FALSE(w.create().is_nil());
    }
    SECTION("of one policy's treasuries: what leaves another under another policy does not count") {
        w.create();
        w.add_policy("other", false);
        w.execute(
            "INSERT INTO payout_limit (organizer_id, policy_id, asset_id, per_day_minor) SELECT organizer_id, id, "
            "'KES', 100 FROM payout_policy WHERE name = 'other'");
        w.execute("INSERT INTO treasury (organizer_id, id, name, rail, network_name, account, asset_id, policy_name) "
                  "SELECT organizer_id, gen_random_uuid(), 'second', rail, network_name, 'OTHER', asset_id, 'other' "
                  "FROM treasury");
        w.set_policy_of("main", "usual");
        w.owe("venue", ledger::AccountKind::party_payable, 1'00);
        REQUIRE_FALSE(w.create({w.event, {}, {}, false, "second"}).is_nil());
        w.owe("venue", ledger::AccountKind::party_payable, 1);
        REQUIRE(problem_code([&] { w.create({w.event, {}, {}, false, "second"}); }) == "payout.over_day_limit");
    }
    SECTION("counted again when money is reserved") {
        const auto late = w.create();
        w.approve(late);
        w.add_policy("other", false); // without limits
        w.set_policy("other");
        w.owe("venue", ledger::AccountKind::party_payable, 2);
        const auto today = w.create();
        w.approve(today);
        REQUIRE(w.send(today).paid() == 1);
        const auto sent = w.send(late);
        REQUIRE(sent.halted->code == "payout.over_day_limit");
        REQUIRE(sent.paid() == 0);
    }
    w.sweep();
}

TEST_CASE("a treasury is named when there are several, and names its policy when there are several", "[db][payout]") {
    PayingWorld w{k_two};
    const auto create_from = [&](std::optional<std::string> treasury) {
        return problem_code([&] { w.create({w.event, {}, {}, false, treasury}); });
    };
    REQUIRE(create_from("mian") == "payout.no_treasury");
    w.add_policy("lax", true);
    REQUIRE(create_from({}) == "payout.which_policy"); // nobody but the treasury chooses
    w.set_policy("usaul");
    REQUIRE(create_from({}) == "payout.no_policy");
    w.set_policy("usual");
    w.execute("INSERT INTO treasury SELECT organizer_id, gen_random_uuid(), 'second', rail, network_name, 'OTHER', "
              "key_name, asset_id FROM treasury");
    REQUIRE(create_from({}) == "payout.which_treasury");
    REQUIRE(create_from("main").empty());
}

TEST_CASE("one sender a treasury: the second is told to come later, and a lost lease writes nothing", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    db::Database other_session{{w.db.target(), "passa.tests"}};
    const auto other = w.desk(other_session, "other");
    {
        Lease held{other, batch};
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.busy");
        w.execute("UPDATE lease SET number = number + 1");
        REQUIRE(problem_code([&] { held.write("test", [](db::Transaction&) {}); }) == "payout.lease_lost");
    }
    {
        const Lease killed{other, batch};
        REQUIRE(test::becomes_true([&] { // it lives with its heartbeat's session
            return w.value("SELECT (session_pid <> worker_pid)::text AS value FROM lease WHERE organizer_id = $1") ==
                   "true";
        }));
        REQUIRE(problem_code([&] { w.send(batch); }) == "payout.busy");
        w.execute("SELECT pg_terminate_backend(session_pid) FROM lease"); // as kill -9 does
        REQUIRE(w.send(batch).paid() == 2);
    }
}

TEST_CASE("a sender that stood still for longer than its lease is taken over from, transaction and all",
          "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    db::Database other_session{{w.db.target(), "passa.tests"}};
    const auto other = w.desk(other_session, "other");
    Lease held{other, batch};
    const auto code = problem_code([&] {
        held.write("test", [&](db::Transaction& tx) {
            tx.raw("SELECT 1 FROM payout FOR UPDATE");
            w.db.owner().connection().raw("UPDATE lease SET until = clock_timestamp() - interval '1 second'");
            REQUIRE(w.send(batch).paid() == 2);
        });
    });
    REQUIRE(code == "db.commit_in_doubt"); // as far as it can tell
    REQUIRE(problem_code([&] { held.require_live(); }) == "payout.lease_lost");
    w.sweep();
}

TEST_CASE("a payout that somebody else moved is left alone", "[db][payout]") {
    PayingWorld w{k_two};
    const auto batch = w.create();
    const auto desk = w.desk(w.db.app());
    const auto id = w.payouts(batch)[0].id;
    REQUIRE(problem_code([&] {
                db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
                    take_step(tx, desk, {id, State::reserved, Cause::attempt_stored, ""});
                });
            }) == "payout.moved");
}

TEST_CASE("a rail that calls an attempt dead or paid must show why", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    LyingRail lying{w.rail};
    lying.says = GENERATE(rail::Standing::absent, rail::Standing::failed, rail::Standing::confirmed);
    const auto sent = w.send(batch, lying);
    REQUIRE(sent.halted->code == "payout.no_evidence");
    REQUIRE(sent.paid() == 0);
    REQUIRE(sent.open() == 2);
    REQUIRE(w.send(batch).paid() == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.sweep();
}

TEST_CASE("attempts that come to nothing end the run, and a silent network leaves unknown", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    const auto sent = w.reserve(batch);
    REQUIRE(sent.halted->code == "payout.no_progress");
    REQUIRE(sent.left() == 2);
    auto deaf = w.deaf();
    const auto unknown = w.send(batch, deaf, std::chrono::seconds{20});
    REQUIRE(unknown.halted->code == "payout.unknown");
    REQUIRE(unknown.count(State::unknown) == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.sweep();
    REQUIRE(w.send(batch).paid() == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.sweep();
}
