// What the rail proved is recorded although somebody else holds the payouts' rows for longer than one lock may take.
#include "lib/payout/cancel.hpp"
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <thread>

using namespace passa;
using namespace passa::payout;

namespace {

// As soon as the rail has a proof, another session locks every payout, as a reconciliation does, and takes its time.
class HeldUp final : public test::RailInFront {
public:
    HeldUp(test::PayingWorld& world, std::chrono::milliseconds held)
        : RailInFront(world.rail), m_held(held), m_other({world.db.target(), "passa.tests"}), m_org(world.org) {}
    ~HeldUp() override {
        if (m_holder.joinable()) m_holder.join();
    }
    HeldUp(const HeldUp&) = delete;
    HeldUp& operator=(const HeldUp&) = delete;
    rail::Outcome find(const rail::Attempt& attempt) override {
        auto outcome = RailInFront::find(attempt);
        if (outcome.standing == rail::Standing::confirmed && !m_holder.joinable()) hold();
        return outcome;
    }

private:
    void hold() {
        std::promise<void> locked;
        auto is_locked = locked.get_future();
        m_holder = std::thread{[this, locked = std::move(locked)]() mutable {
            db::transact(m_other, {m_org}, [&](db::Transaction& tx) {
                tx.raw("SELECT id FROM payout ORDER BY id FOR NO KEY UPDATE");
                locked.set_value();
                std::this_thread::sleep_for(m_held);
            });
        }};
        is_locked.wait();
    }
    std::chrono::milliseconds m_held;
    db::Database m_other;
    OrganizerId m_org;
    std::thread m_holder;
};

} // namespace

TEST_CASE("a proof is recorded as soon as whoever holds the payouts lets go", "[db][payout]") {
    test::PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    db::transact(w.db.app(), {w.org}, [](db::Transaction& tx) { tx.raw("SET lock_timeout = '100ms'"); });
    HeldUp held_up{w, std::chrono::milliseconds{700}};
    const auto sent = w.send(batch, held_up);
    REQUIRE_FALSE(sent.halted);
    REQUIRE(sent.paid() == 2);
    REQUIRE(w.network.payments().size() == 2);
    w.sweep();
}

TEST_CASE("a lock that is never let go ends the waiting, and the proof is learnt again", "[db][payout]") {
    test::PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    db::transact(w.db.app(), {w.org}, [](db::Transaction& tx) { tx.raw("SET lock_timeout = '10ms'"); });
    {
        HeldUp held_up{w, std::chrono::seconds{3}};
        const auto sent = w.send(batch, held_up);
        REQUIRE(sent.halted->code == "db.locked");
        REQUIRE(sent.open() == 1);
    }
    REQUIRE(w.send(batch).paid() == 1);
    w.sweep();
}

TEST_CASE("whoever waits for others' locks says what for, once, after two seconds", "[db][payout]") {
    test::PayingWorld w{{{"band", 100'00}}};
    const auto batch = w.create();
    std::vector<std::string> said;
    auto desk = w.desk(w.db.app());
    desk.say = [&](std::string_view what) { said.emplace_back(what); };
    std::promise<void> locked;
    const auto held = GENERATE(std::chrono::milliseconds{100}, std::chrono::milliseconds{2600});
    db::Database other{{w.db.target(), "passa.tests"}};
    std::thread holder{[&] {
        db::transact(other, {w.org}, [&](db::Transaction& tx) {
            tx.raw("SELECT id FROM payout FOR NO KEY UPDATE");
            locked.set_value();
            std::this_thread::sleep_for(held);
        });
    }};
    locked.get_future().wait();
    const auto began = std::chrono::steady_clock::now();
    const auto cancelled = cancel(desk, batch, "not wanted");
    const auto took = std::chrono::steady_clock::now() - began;
    holder.join();
    REQUIRE(cancelled.withdrawn == 1);
    if (held < std::chrono::seconds{1} && took < std::chrono::seconds{2}) REQUIRE(said.empty());
    if (held < std::chrono::seconds{1}) return;
    REQUIRE(said.size() == 1);
    REQUIRE(said[0].find("waiting, at most 2 minutes") == 0);
    REQUIRE(said[0].find(batch.text()) != std::string::npos);
}
