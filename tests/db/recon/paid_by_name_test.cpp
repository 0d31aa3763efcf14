// Money left the treasury and says not for what: a person names the payout, and its payee is not owed it any more.
#include "lib/payout/cancel.hpp"
#include "tests/support/found_paid_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;
using World = test::FoundPaidWorld;

TEST_CASE("a payment that does not say so is booked as the payout that a person names", "[db][recon]") {
    const auto before = GENERATE(as<std::string>{}, "ready", "blocked", "cancelled", "reserved");
    World w{{{"band", 100'00}}};
    if (before == "reserved") w.try_in_vain();
    w.show_strange(100'00, "to-band");
    REQUIRE(w.breaks[0].type == "MISSING_INTERNAL");
    const auto payout = w.payout_of("band");
    if (before == "blocked") REQUIRE(w.world.send(w.batch, w.rail).paid() == 0);
    if (before == "cancelled") payout::cancel(w.world.desk(w.db.app()), w.batch, "not now");
    REQUIRE(w.state("band") == before);
    CHECK(test::problem_code([&] { w.close(CloseCode::paid); }) == "recon.not_by_hand");
    w.close(CloseCode::paid, payout);
    CHECK(w.state("band") == "cancelled");
    if (before != "cancelled") return w.require_paid_once("band");
    CHECK(w.world.payouts(w.world.create()).empty());
    w.db.sweep(w.world.org);
}

TEST_CASE("another sum, another address or a second payment is no payment of the payout that is named", "[db][recon]") {
    World w{{{"band", 100'00}, {"crew", 100'00}}};
    const auto payout = w.payout_of("band");
    w.show_strange(99'99, "to-band");
    CHECK(test::problem_code([&] { w.close(CloseCode::paid, payout); }) == "recon.not_by_hand");
    w.close(CloseCode::written_off);
    w.show_strange(100'00, "to-crew");
    CHECK(test::problem_code([&] { w.close(CloseCode::paid, payout); }) == "recon.not_by_hand");
    w.close(CloseCode::paid, w.payout_of("crew"));
    w.show_strange(100'00, "to-crew");
    CHECK(test::problem_code([&] { w.close(CloseCode::paid, w.payout_of("crew")); }) == "recon.not_by_hand");
    w.close(CloseCode::written_off);
    w.db.sweep(w.world.org);
}

TEST_CASE("what was found paid by name and comes back is owed again", "[db][recon]") {
    World w{{{"band", 100'00}}};
    const auto payout = w.payout_of("band");
    w.show_strange(100'00, "to-band");
    w.close(CloseCode::paid, payout);
    w.show_back(100'00, "to-band");
    w.close(CloseCode::returned, payout);
    CHECK(w.suspense() == "0");
    CHECK(w.world.balances().contains("party_payable band"));
    CHECK(w.world.payouts(w.world.create()).size() == 1);
    w.db.sweep(w.world.org);
}

TEST_CASE("a payment that a batch was to make and never did says which payout it may be", "[db][recon]") {
    World w{{{"band", 100'00}, {"crew", 100'00}, {"hall", 50'00}}};
    const auto offer = [&] { return w.breaks.at(0).why; };
    const auto names = [](PayoutId payout) { return fmt::format("--code paid --payout {}", payout); };
    w.show_strange(99'99, "to-band");
    CHECK(offer().find("--payout") == std::string::npos);
    w.close(CloseCode::written_off);
    w.show_strange(100'00, "to-crew");
    CHECK(offer().find(names(w.payout_of("crew"))) != std::string::npos);
    CHECK(offer().find(w.breaks.at(0).id.text()) != std::string::npos);
    w.close(CloseCode::paid, w.payout_of("crew"));
    w.show_strange(100'00, "to-crew"); // it was paid: this is another one
    CHECK(offer().find("--payout") == std::string::npos);
    w.close(CloseCode::written_off);
    REQUIRE(w.world.send(w.batch, w.rail).paid() == 2);
    w.db.sweep(w.world.org);
}
