// What payouts refuse: by whom, when, and over which limit; nothing is reserved or sent by a refused order.
#include "lib/payout/approve.hpp"
#include "lib/payout/lease.hpp"
#include "lib/payout/outcome.hpp"
#include "lib/payout/store.hpp"
#include "tests/support/payout_fixture.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::problem_code;

namespace {

const std::vector<test::OwedParty> k_two{{"band", 900'00}, {"venue", 100'00}};

struct World {
    explicit World(const std::vector<test::OwedParty>& owed = k_two)
        : file("refuse"), network(file.path(), {"KES", 2}), world(db, "demo", owed), rail(network, world.clock, 1, {}) {
    }
    void execute(const std::string& sql) { db.owner().connection().raw(sql); }
    void approve_as(const std::string& actor, BatchId batch, std::optional<std::string> prefix = {}) {
        const auto desk = world.desk(db.app(), actor);
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) { approve(tx, desk, batch, prefix); });
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
};

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
    World w;
    const auto batch = w.world.create();
    REQUIRE(problem_code([&] { w.approve_as("maker", batch); }) == "payout.own_batch");
    REQUIRE(problem_code([&] { w.world.send(batch, w.rail); }) == "payout.not_approved");
    REQUIRE(problem_code([&] { w.approve_as("checker", batch, "12345678"); }) == "payout.other_hash");
    REQUIRE(problem_code([&] { w.approve_as("checker", batch, "1"); }) == "payout.other_hash");
    for (const auto* alias : {"maker ", "Maker", " MAKER"}) {
        CAPTURE(alias);
        REQUIRE(problem_code([&] { w.approve_as(alias, batch); }) == "payout.own_batch");
    }
    w.approve_as("checker", batch);
    w.approve_as("Checker", batch); // twice is once
    REQUIRE(w.world.value("SELECT os_user || ' ' || (db_user = session_user) AS value FROM payout_approval WHERE "
                          "organizer_id = $1") == "os-checker true");
    REQUIRE(w.world.value("SELECT made_os_user AS value FROM payout_batch WHERE organizer_id = $1") == "os-maker");
    REQUIRE(problem_code([&] { w.approve_as("third", batch); }) == "payout.not_waiting");
    REQUIRE(problem_code([&] { w.approve_as("checker", w.db.ids.make<BatchTag>()); }) == "payout.no_batch");

    World alone{{{"band", 5'00}}};
    alone.world.add_policy("alone", true);
    alone.world.set_policy("alone");
    const auto own = alone.world.create();
    alone.approve_as("maker", own);
    alone.network.fund(5'00);
    REQUIRE(alone.world.send(own, alone.rail).paid() == 1);
}

TEST_CASE("an approval holds for exactly what was approved", "[db][payout]") {
    World w;
    const auto batch = w.world.create();
    w.world.approve(batch);
    SECTION("another destination") { w.execute("UPDATE payout SET destination = 'elsewhere' WHERE pos = 0"); }
    SECTION("another amount") { w.execute("UPDATE payout SET amount_minor = amount_minor + 1 WHERE pos = 1"); }
    SECTION("another treasury account") { w.execute("UPDATE treasury SET account = 'OTHER'"); }
    REQUIRE(problem_code([&] { w.world.send(batch, w.rail); }) == "payout.changed");
    REQUIRE(w.network.payments().empty());
}

TEST_CASE("what is in an open batch is not planned a second time", "[db][payout]") {
    World w;
    REQUIRE_FALSE(w.world.create().is_nil());
    REQUIRE(w.world.create().is_nil());
    w.world.owe("venue", ledger::AccountKind::party_payable, 7'00);
    const auto more = w.world.payouts(w.world.create());
    REQUIRE(more.size() == 1);
    REQUIRE(more[0].amount.minor() == 7'00);
}

TEST_CASE("a treasury that cannot pay the batch pays nothing of it", "[db][payout]") {
    World w;
    w.network.fund(999'99);
    const auto batch = w.world.create();
    w.world.approve(batch);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.halted->code == "payout.funds");
    REQUIRE(sent.left() == 2);
    REQUIRE(w.network.payments().empty());
    REQUIRE(w.world.balances().at("party_payable band") == -900'00);
    w.network.fund(1);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    w.db.sweep(w.world.org);
}

TEST_CASE("a treasury that pays in what fees are charged in keeps them back", "[db][payout]") {
    const money::Asset xlm{"XLM", 7};
    test::FreshDatabase db;
    test::NetworkFile file{"purse"};
    test::FakeNetwork network{file.path(), xlm};
    test::PayoutWorld world{db, "demo", {}, xlm};
    test::FakeRail rail{network, world.clock, 1, {}};
    PaymentFile payments;
    payments.lines = {{2, {}, "to-one", {600, xlm}, {}, ""}, {3, {}, "to-two", {400, xlm}, {}, ""}};
    const auto batch = world.create({{}, {}, payments, false, {}});
    world.approve(batch);
    network.fund(1199); // two payments cost 200
    const auto sent = world.send(batch, rail);
    REQUIRE(sent.halted->code == "payout.funds");
    REQUIRE(sent.halted->message.ends_with("0.0001000 XLM and at most 0.0000200 XLM for fees"));
    REQUIRE(network.fees() == 0);
    network.fund(1);
    REQUIRE(world.send(batch, rail).paid() == 2);
    REQUIRE(network.balance() == 0);
    db.sweep(world.org);
}

TEST_CASE("a treasury without money for fees is told so before anything is set aside", "[db][payout]") {
    World w;
    w.network.fund(2000'00);
    w.network.fund_fees(199);
    const auto batch = w.world.create();
    w.world.approve(batch);
    REQUIRE(w.world.send(batch, w.rail).halted->code == "payout.fees");
    REQUIRE(w.world.balances().at("party_payable band") == -900'00);
    w.network.fund_fees(200);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
}

TEST_CASE("limits per payout, batch and day hold over all batches, open ones too", "[db][payout]") {
    World w;
    w.network.fund(10'000'00);
    SECTION("per payout: blocked, the rest is paid, and it stays payable") {
        w.world.limits("per_payout_minor", 500'00);
        const auto batch = w.world.create();
        w.world.approve(batch);
        const auto sent = w.world.send(batch, w.rail);
        REQUIRE(sent.count(State::blocked) == 1);
        REQUIRE(sent.paid() == 1);
        REQUIRE(w.world.balances().at("party_payable band") == -900'00);
    }
    SECTION("per batch: refused as a whole") {
        w.world.limits("per_batch_minor", 999'99);
        REQUIRE(problem_code([&] { w.world.create(); }) == "payout.over_batch_limit");
    }
    SECTION("a policy with limits that says nothing of an asset lets none of it pass") {
        w.world.limits("per_payout_minor", 500'00, "XLM");
        REQUIRE(problem_code([&] { w.world.create(); }) == "payout.no_limit");
    }
    SECTION("per day: what other batches plan or reserved today counts") {
        w.world.limits("per_day_minor", 1000'00);
        const auto first = w.world.create();
        w.world.owe("venue", ledger::AccountKind::party_payable, 1);
        REQUIRE(problem_code([&] { w.world.create(); }) == "payout.over_day_limit");
        w.world.approve(first);
        REQUIRE(w.world.send(first, w.rail).paid() == 2);
        REQUIRE(problem_code([&] { w.world.create(); }) == "payout.over_day_limit");
        w.execute("ALTER TABLE payout DISABLE TRIGGER ALL");
        w.execute("UPDATE payout SET reserved_at = reserved_at - interval '1 day'");
        REQUIRE_FALSE(w.world.create().is_nil());
    }
    SECTION("per day, counted again when money is reserved") {
        w.world.limits("per_day_minor", 1000'00);
        const auto late = w.world.create();
        w.world.approve(late);
        w.world.add_policy("other", false); // without limits
        w.world.set_policy("other");
        w.world.owe("venue", ledger::AccountKind::party_payable, 2);
        const auto today = w.world.create();
        w.world.approve(today);
        REQUIRE(w.world.send(today, w.rail).paid() == 1);
        const auto sent = w.world.send(late, w.rail);
        REQUIRE(sent.halted->code == "payout.over_day_limit");
        REQUIRE(sent.paid() == 0);
    }
    w.db.sweep(w.world.org);
}

TEST_CASE("a treasury is named when there are several, and names its policy when there are several", "[db][payout]") {
    World w;
    const auto create_from = [&](std::optional<std::string> treasury) {
        return problem_code([&] { w.world.create({w.world.event, {}, {}, false, treasury}); });
    };
    REQUIRE(create_from("mian") == "payout.no_treasury");
    w.world.add_policy("lax", true);
    REQUIRE(create_from({}) == "payout.which_policy"); // nobody but the treasury chooses
    w.world.set_policy("usaul");
    REQUIRE(create_from({}) == "payout.no_policy");
    w.world.set_policy("usual");
    w.execute("INSERT INTO treasury SELECT organizer_id, gen_random_uuid(), 'second', rail, network_name, account, "
              "key_name, asset_id FROM treasury");
    REQUIRE(create_from({}) == "payout.which_treasury");
    REQUIRE(create_from("main").empty());
}

TEST_CASE("one sender a treasury: the second is told to come later, and a lost lease writes nothing", "[db][payout]") {
    World w;
    w.network.fund(2000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    db::Database other_session{{w.db.target(), "passa.tests"}};
    const auto other = w.world.desk(other_session, "other");
    {
        Lease held{other, batch};
        REQUIRE(problem_code([&] { w.world.send(batch, w.rail); }) == "payout.busy");
        w.execute("UPDATE payout_batch SET lease_token = gen_random_uuid()");
        REQUIRE(problem_code([&] { held.write("test", [](db::Transaction&) {}); }) == "payout.lease_lost");
    }
    {
        Lease killed{other, batch};
        other_session.forget_connection(); // as kill -9 does
        REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    }
}

TEST_CASE("a payout that somebody else moved is left alone", "[db][payout]") {
    World w;
    const auto batch = w.world.create();
    const auto desk = w.world.desk(w.db.app());
    const auto id = w.world.payouts(batch)[0].id;
    REQUIRE(problem_code([&] {
                db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
                    take_step(tx, desk, {id, State::reserved, Cause::attempt_stored, ""});
                });
            }) == "payout.moved");
}

TEST_CASE("a rail that calls an attempt dead or paid must show why", "[db][payout]") {
    World w;
    w.network.fund(2000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    LyingRail lying{w.rail};
    lying.says = GENERATE(rail::Standing::absent, rail::Standing::failed, rail::Standing::confirmed);
    const auto sent = w.world.send(batch, lying);
    REQUIRE(sent.halted->code == "payout.no_evidence");
    REQUIRE(sent.paid() == 0);
    REQUIRE(sent.open() == 2);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.db.sweep(w.world.org);
}

TEST_CASE("attempts that come to nothing end the run, and a silent network leaves unknown", "[db][payout]") {
    World w;
    w.network.fund(2000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    test::FakeRail contested{w.network, w.world.clock, 7, {.bad_sequence = 100}};
    const auto sent = w.world.send(batch, contested);
    REQUIRE(sent.halted->code == "payout.no_progress");
    REQUIRE(sent.left() == 2);
    test::FakeRail deaf{w.network, w.world.clock, 7, {.lose_answer = 100, .hide = 100}};
    const auto unknown = w.world.send(batch, deaf, std::chrono::seconds{20});
    REQUIRE(unknown.halted->code == "payout.unknown");
    REQUIRE(unknown.count(State::unknown) == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.db.sweep(w.world.org);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.db.sweep(w.world.org);
}
