// A batch from what is owed to what is paid, against a real database and the fake network.
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;

namespace {

struct World {
    explicit World(const std::vector<test::OwedParty>& owed, money::Asset asset = {"KES", 2})
        : file("send"), network(file.path(), asset), world(db, "demo", owed, asset), rail(network, world.clock, 1, {}) {
    }
    std::map<std::string, Int128> paid() {
        std::map<std::string, Int128> sums;
        for (const auto& p : network.payments()) sums[p.destination] += p.amount;
        return sums;
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
};

} // namespace

TEST_CASE("what is owed is paid once, and the books say so", "[db][payout]") {
    World w{{{"band", 900'01}, {"venue", 100'00, "somewhere", "id:7"}, {"crew", 50'00}}};
    w.network.fund(2000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.paid() == 3);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 900'01}, {"to-venue", 100'00}, {"to-crew", 50'00}});
    const auto books = w.world.balances();
    REQUIRE(books.at("treasury KES") == -1050'01);
    REQUIRE(books.at("network_fee XLM") == w.network.fees());
    REQUIRE_FALSE(books.contains("party_payable band"));
    REQUIRE_FALSE(books.contains("payout_clearing KES"));
    w.db.sweep(w.world.org);

    REQUIRE(w.world.send(batch, w.rail).paid() == 3); // once more changes nothing
    REQUIRE(w.network.payments().size() == 3);
    REQUIRE(w.world.create().is_nil());
}
