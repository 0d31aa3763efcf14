// What the chain contradicts: whoever would be paid for it once more waits until somebody has closed the break, in
// whichever batch, and however far that batch has come.
#include "lib/payout/cancel.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/payment_list.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

const std::map<std::string, Int128> k_crew_alone{{"to-crew", 50'00}};

CreateOrder order_of_file(bool again) {
    test::PaymentList file;
    file.sha256[0] = 7;
    file.lines = {{2, "band", {}, {100'00, {"KES", 2}}, {}, "travel"},
                  {3, {}, "to-crew", {50'00, {"KES", 2}}, {}, "taxi"}};
    return {{}, {}, file, again, {}};
}

void withdraw(PayingWorld& w, BatchId batch) { cancel(w.desk(w.db.app(), "boss"), batch, "a mistake"); }

// A reconciliation that finds the first payout on the chain just before a transaction with it is made.
class BusyRecon final : public test::RailInFront {
public:
    BusyRecon(PayingWorld& world, BatchId batch)
        : RailInFront(world.rail), m_world(world), m_first(world.payouts(batch)[0].id) {}
    void get_ready(const rail::Numbers& known) override {
        RailInFront::get_ready(known);
        if (!m_done) m_world.open_conflict(m_first);
        m_done = true;
    }

private:
    PayingWorld& m_world;
    PayoutId m_first;
    bool m_done = false;
};

} // namespace

TEST_CASE("what the chain contradicts is not paid until the break is closed", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.reserve(batch);
    w.open_conflict(w.payouts(batch)[0].id);
    const auto sent = w.send(batch);
    REQUIRE(sent.halted->code == "payout.contested");
    REQUIRE(w.paid() == k_crew_alone);
    for (const auto* party : {"band", "crew"}) // a later settlement owes them more
        w.owe(party, ledger::AccountKind::party_payable, 1);
    const auto again = w.payouts(w.create());
    REQUIRE(again.at(0).state == State::blocked);
    REQUIRE(again.at(1).state == State::ready);
    w.close_conflicts();
    REQUIRE(w.send(batch).paid() == 2);
    w.sweep();
}

TEST_CASE("a break that is opened just before the transaction is made keeps its payout out of it", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    BusyRecon recon{w, batch};
    const auto sent = w.send(batch, recon);
    REQUIRE(sent.halted->code == "payout.contested");
    REQUIRE(w.paid() == k_crew_alone);
    REQUIRE(sent.left() == 1);
    w.sweep();
}

TEST_CASE("a later batch does not pay what an earlier one is found to have paid", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto first = w.approved();
    withdraw(w, first);
    const auto second = w.approved();
    const bool reserved = GENERATE(false, true);
    if (reserved) w.reserve(second);
    w.open_conflict(w.payouts(first)[0].id);
    const auto sent = w.send(second);
    REQUIRE(w.paid() == k_crew_alone);
    REQUIRE(sent.count(State::blocked) == (reserved ? 0 : 1));
    REQUIRE(sent.left() == (reserved ? 1 : 0));
    REQUIRE((sent.halted ? sent.halted->code : "") == (reserved ? "payout.contested" : ""));
    w.sweep();
    w.close_conflicts(); // it was another payment after all
    if (reserved)
        REQUIRE(w.send(second).paid() == 2);
    else
        REQUIRE(w.send(w.approved()).paid() == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 100'00}, {"to-crew", 50'00}});
    w.sweep();
}

TEST_CASE("a later batch of a file does not pay the line that an earlier one is found to have paid", "[db][payout]") {
    PayingWorld w{{{"band", 1'00}, {"crew", 1'00}}};
    w.network.fund(1000'00);
    w.network.close_destination("to-band");
    const auto first = w.approved(order_of_file(false));
    const bool failed = GENERATE(true, false);
    if (failed)
        REQUIRE(w.send(first).count(State::failed) == 1);
    else
        withdraw(w, first);
    w.network.open_destination("to-band");
    const bool made_before = GENERATE(true, false);
    const auto second = made_before ? w.approved(order_of_file(true)) : BatchId{};
    w.open_conflict(w.payouts(first)[0].id);
    if (made_before)
        w.send(second);
    else if (const auto late = w.create(order_of_file(true)); !late.is_nil()) {
        REQUIRE(w.payouts(late)[0].state == State::blocked);
        w.approve(late);
        w.send(late);
    }
    REQUIRE(w.paid() == k_crew_alone);
    w.sweep();
    w.close_conflicts();
    REQUIRE(w.send(w.approved(order_of_file(true))).paid() == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 100'00}, {"to-crew", 50'00}});
    w.sweep();
}
