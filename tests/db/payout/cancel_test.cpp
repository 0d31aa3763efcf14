// Cancelling gives back what never left, and leaves alone what may have.
#include "lib/payout/cancel.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;
using test::problem_code;

namespace {

struct World : PayingWorld {
    World() : PayingWorld({{"band", 900'00}, {"venue", 100'00}}) { network.fund(2000'00); }
    Cancelled cancel(BatchId batch) { return payout::cancel(desk(db.app(), "boss"), batch, "a mistake"); }
};

} // namespace

TEST_CASE("a batch that was not sent is cancelled whole, and everything is owed as before", "[db][payout]") {
    World w;
    const auto batch = w.create();
    const bool approved = GENERATE(false, true);
    if (approved) w.approve(batch);
    const auto cancelled = w.cancel(batch);
    REQUIRE(cancelled.withdrawn == 2);
    REQUIRE(cancelled.batch.state == "cancelled");
    REQUIRE(problem_code([&] { w.cancel(batch); }) == "payout.nothing_to_cancel");
    REQUIRE(problem_code([&] { w.send(batch); }) == "payout.cancelled");
    REQUIRE(w.payouts(w.create()).size() == 2);
    w.sweep();
}

TEST_CASE("money that was set aside goes back, money that may have left stays where it is", "[db][payout]") {
    World w;
    const auto batch = w.approved();
    auto deaf = w.deaf();
    deaf.set_most_orders(1); // the first is sent and not heard of; the second is reserved only
    w.send(batch, deaf, std::chrono::seconds{20});
    REQUIRE(w.balances().at("payout_clearing KES") == -1000'00);
    const auto cancelled = w.cancel(batch);
    REQUIRE(cancelled.withdrawn == 1);
    REQUIRE(cancelled.kept == 1);
    REQUIRE(cancelled.batch.state == "running");
    REQUIRE(w.balances().at("payout_clearing KES") == -900'00);
    REQUIRE(w.balances().at("party_payable venue") == -100'00);
    w.sweep();
    const auto sent = w.send(batch);
    REQUIRE(sent.paid() == 1);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.network.payments().size() == 1);
    w.sweep();
}
