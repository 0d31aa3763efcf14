// What whoever watches a batch sees: the same as the books, before and after.
#include "lib/payout/progress.hpp"
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using test::PayingWorld;

namespace {

Progress look(PayingWorld& w, BatchId batch) {
    return db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { return get_progress(tx, w.org, batch); });
}

} // namespace

TEST_CASE("a batch that is watched ends with what was paid, what was not, and the fees that were booked",
          "[db][payout]") {
    PayingWorld w{{{"band", 900'01}, {"crew", 50'00}, {"shut", 200'00}}};
    w.network.fund(2000'00);
    w.network.close_destination("to-shut");
    const auto batch = w.approved();
    const auto before = look(w, batch);
    REQUIRE(before.state == "approved");
    REQUIRE(before.payouts == 3);
    REQUIRE(before.left == 3);
    REQUIRE(before.fees.empty());
    REQUIRE_FALSE(before.is_over());

    w.send(batch);
    const auto after = look(w, batch);
    REQUIRE(after.is_over());
    REQUIRE(after.paid == 2);
    REQUIRE(after.not_paid == 1);
    REQUIRE(after.left + after.open + after.cancelled == 0);
    REQUIRE(after.fees.size() == 1);
    REQUIRE(after.fees.front().minor() == w.balances().at("network_fee XLM"));
    w.sweep();
}
