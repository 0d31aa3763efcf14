// Cancelling gives back what never left, and leaves alone what may have.
#include "lib/payout/cancel.hpp"
#include "tests/support/payout_fixture.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::problem_code;

namespace {

struct World {
    World()
        : file("cancel"), network(file.path(), {"KES", 2}), world(db, "demo", {{"band", 900'00}, {"venue", 100'00}}) {
        network.fund(2000'00);
    }
    Cancelled cancel(BatchId batch) { return payout::cancel(world.desk(db.app(), "boss"), batch, "a mistake"); }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
};

} // namespace

TEST_CASE("a batch that was not sent is cancelled whole, and everything is owed as before", "[db][payout]") {
    World w;
    const auto batch = w.world.create();
    const bool approved = GENERATE(false, true);
    if (approved) w.world.approve(batch);
    const auto cancelled = w.cancel(batch);
    REQUIRE(cancelled.withdrawn == 2);
    REQUIRE(cancelled.batch.state == "cancelled");
    REQUIRE(problem_code([&] { w.cancel(batch); }) == "payout.nothing_to_cancel");
    test::FakeRail rail{w.network, w.world.clock, 1, {}};
    REQUIRE(problem_code([&] { w.world.send(batch, rail); }) == "payout.cancelled");
    REQUIRE(w.world.payouts(w.world.create()).size() == 2);
    w.db.sweep(w.world.org);
}

TEST_CASE("money that was set aside goes back, money that may have left stays where it is", "[db][payout]") {
    World w;
    const auto batch = w.world.create();
    w.world.approve(batch);
    test::FakeRail deaf{w.network, w.world.clock, 7, {.lose_answer = 100, .hide = 100}};
    deaf.set_most_orders(1); // the first is sent and not heard of; the second is reserved only
    w.world.send(batch, deaf, std::chrono::seconds{20});
    REQUIRE(w.world.balances().at("payout_clearing KES") == -1000'00);
    const auto cancelled = w.cancel(batch);
    REQUIRE(cancelled.withdrawn == 1);
    REQUIRE(cancelled.kept == 1);
    REQUIRE(cancelled.batch.state == "running");
    REQUIRE(w.world.balances().at("payout_clearing KES") == -900'00);
    REQUIRE(w.world.balances().at("party_payable venue") == -100'00);
    w.db.sweep(w.world.org);
    test::FakeRail rail{w.network, w.world.clock, 1, {}};
    const auto sent = w.world.send(batch, rail);
    REQUIRE(sent.paid() == 1);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.network.payments().size() == 1);
    w.db.sweep(w.world.org);
}
