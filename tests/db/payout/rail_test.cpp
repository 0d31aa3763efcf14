// Rails that go away, answer without end or late, or cannot sign.
#include "tests/support/becomes_true.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

// A rail whose servers answer so many sendings and then are gone.
class GoneRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    void get_ready(const rail::Numbers& known) override {
        if (preparations-- <= 0) throw gone();
        RailInFront::get_ready(known);
    }
    rail::Outcome send(const rail::Attempt& attempt) override {
        if (answers-- > 0) return RailInFront::send(attempt);
        throw gone();
    }
    rail::Outcome find(const rail::Attempt& attempt) override {
        return answers > 0 ? RailInFront::find(attempt) : rail::Outcome{};
    }
    int answers = 0;
    int preparations = 100;

private:
    static Error gone() {
        return Error{{Kind::unavailable, "rpc.unreachable", "no server can be reached", "try again"}};
    }
};

// Answers with more than anybody should keep.
class LoudRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    rail::Outcome find(const rail::Attempt& attempt) override {
        auto outcome = RailInFront::find(attempt);
        if (outcome.evidence) outcome.evidence->raw = Bytes(100'000, std::uint8_t{'x'});
        return outcome;
    }
};

// Answers every question about obstacles late.
class SlowRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    std::vector<std::string> find_obstacles(std::span<const rail::Order> orders,
                                            const std::function<void()>& meanwhile) override {
        return RailInFront::find_obstacles(orders, [&] {
            ++questions;
            between();
            meanwhile();
            after();
        });
    }
    int questions = 0;
    std::function<void()> between;
    std::function<void()> after;
};

} // namespace

TEST_CASE("a rail that goes away leaves unknown what may have left, and nothing else", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    GoneRail gone{w.rail};
    gone.answers = 0;
    const auto none = w.send(batch, gone, std::chrono::seconds{20});
    REQUIRE(none.halted->code == "rpc.unreachable");
    REQUIRE(none.halted->kind == Kind::unknown_outcome); // its bytes are stored: the next run asks for them
    REQUIRE(none.halted->hint == fmt::format("ask again with: passa payout resume {}", batch));
    gone.answers = 1; // it takes the bytes, then it is gone
    const auto unknown = w.send(batch, gone, std::chrono::seconds{20});
    REQUIRE(unknown.halted->code == "payout.unknown");
    REQUIRE(w.send(batch).paid() == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 100'00}});
    w.sweep();
}

TEST_CASE("a rail that goes away between two transactions does not take the summary with it", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    w.rail.set_most_orders(1);
    const auto batch = w.approved();
    GoneRail gone{w.rail};
    gone.answers = 100;
    gone.preparations = 1;
    const auto sent = w.send(batch, gone);
    REQUIRE(sent.halted->code == "rpc.unreachable");
    REQUIRE(sent.paid() == 1);
    REQUIRE(sent.left() == 1);
    REQUIRE(sent.open() == 0);
    REQUIRE(w.send(batch).paid() == 2);
    w.sweep();
}

TEST_CASE("of an endless answer the beginning is kept, and the hash of the whole", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    LoudRail loud{w.rail};
    REQUIRE(w.send(batch, loud).paid() == 1);
    REQUIRE(w.value("SELECT octet_length(raw) || ' ' || whole_bytes || ' ' || (sha256 = sha256(raw)) || ' ' || "
                    "(whole_sha256 = sha256(convert_to(repeat('x', 100000), 'UTF8'))) AS value FROM evidence "
                    "WHERE organizer_id = $1 AND kind = 'found'") == "65536 100000 true true");
    REQUIRE(w.value("SELECT count(*)::text AS value FROM evidence WHERE organizer_id = $1 AND kind <> 'found' "
                    "AND whole_bytes IS NOT NULL") == "0");
}

TEST_CASE("whoever waits long for an outcome keeps the lease, though nothing is written", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    auto deaf = w.deaf();
    auto desk = w.desk(w.db.app(), "sender");
    desk.lease = std::chrono::seconds{3};
    const auto held_until = [&] { return w.value("SELECT until::text AS value FROM lease WHERE organizer_id = $1"); };
    Patience patience;
    patience.limit = std::chrono::minutes{20};
    int waits = 0;
    patience.wait = [&](Duration) {
        w.clock.advance(std::chrono::minutes{6});
        ++waits;
        const auto before = held_until();
        REQUIRE(test::becomes_true([&] { return held_until() > before; }));
    };
    const auto sent = send(desk, deaf, batch, {patience});
    REQUIRE(sent.halted->code == "payout.unknown");
    REQUIRE(waits > 2);
}

TEST_CASE("whoever asks long for obstacles hears that somebody has taken over", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}, {"hall", 25'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    auto desk = w.desk(w.db.app(), "sender");
    desk.lease = std::chrono::seconds{2};
    SlowRail slow{w.rail};
    slow.between = [&] {
        w.execute("UPDATE lease SET number = number + 1");
        std::this_thread::sleep_for(desk.lease); // no beat renews it: heard by then, one way or another
    };
    slow.after = [] { FAIL("it asks on"); };
    const auto sent = send(desk, slow, batch, {});
    REQUIRE(sent.halted->code == "payout.lease_lost");
    REQUIRE(slow.questions == 1);
    REQUIRE(w.network.payments().empty());
}

TEST_CASE("what nobody here can sign is not reserved, and what may have happened is asked for all the same",
          "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"hall", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    w.rail.lock(true);
    REQUIRE(test::problem_code([&] { w.send(batch); }) == "test.locked");
    REQUIRE(w.value("SELECT state AS value FROM payout_batch WHERE organizer_id = $1") == "approved");
    REQUIRE(w.value("SELECT count(*)::text AS value FROM payout WHERE organizer_id = $1 AND state = 'ready'") == "2");
    REQUIRE(w.value("SELECT count(*)::text AS value FROM journal WHERE organizer_id = $1 AND kind = "
                    "'payout_reserve'") == "0");

    w.rail.lock(false);
    auto deaf = w.deaf();
    REQUIRE(w.send(batch, deaf).halted->code == "payout.unknown");
    w.rail.lock(true);
    const auto sent = w.send(batch);
    REQUIRE_FALSE(sent.halted);
    REQUIRE(sent.paid() == 2);
    w.sweep();
}
