// What is sent about contracts: stored before it leaves, followed to its proof, one sender an account at a time.
#include "lib/contract/caller.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <deque>

using namespace passa;
using rail::Standing;

namespace {

const money::Asset k_xlm{"XLM", 7};
const contract::Seat k_seat{"standalone", "GDEPLOYER"};

// Says what it was told to say, one answer after the other; notes what it was asked.
class ScriptedCourier final : public rail::Courier {
public:
    rail::Outcome send(const rail::Attempt& attempt) override {
        if (on_send) on_send();
        return answer("send", attempt);
    }
    rail::Outcome find(const rail::Attempt& attempt) override { return answer("find", attempt); }
    std::deque<Standing> answers;
    std::vector<std::string> asked;
    bool is_gone = false;
    std::function<void()> on_send;

private:
    rail::Outcome answer(const std::string& what, const rail::Attempt& attempt) {
        asked.push_back(what + " " + attempt.key);
        if (is_gone) throw Error{{Kind::unavailable, "rpc.unreachable", "no way", ""}};
        rail::Outcome outcome;
        outcome.standing = answers.empty() ? Standing::unknown : answers.front();
        if (!answers.empty()) answers.pop_front();
        outcome.reason = "as scripted";
        if (rail::is_final(outcome.standing)) {
            const bool in_ledger = outcome.standing != Standing::absent;
            outcome.fee = money::Amount{in_ledger ? 150 : 0, k_xlm};
            outcome.evidence = rail::Evidence{in_ledger ? "found" : "absent", attempt.key, {1, 2}, "{}", {}};
        }
        return outcome;
    }
};

struct World {
    test::FreshDatabase db;
    OrganizerId organizer = db.add_organizer("demo");
    contract::Desk desk{db.app(), organizer, db.ids, db.clock, "ops"};
    ScriptedCourier courier;
    rail::Patience patience{std::chrono::seconds{30}, [this](Duration time) { db.clock.advance(time); }};
    std::vector<contract::Numbers> known; // what each preparation was told
    std::int64_t next = 7;

    rail::Outcome call(contract::Caller& caller) {
        return caller.carry_out({contract::Purpose::invoke, "CCONTRACT", "due()"},
                                [&](const contract::Numbers& numbers) {
                                    known.push_back(numbers);
                                    return attempt(numbers.dead.value_or(next++));
                                });
    }
    rail::Outcome call() {
        contract::Caller caller{desk, courier, k_seat, patience};
        return call(caller);
    }
    rail::Attempt attempt(std::int64_t sequence) {
        return {fmt::format("key{}", sequence + static_cast<std::int64_t>(known.size()) * 100),
                {7},
                k_seat.source,
                k_seat.network,
                sequence,
                money::Amount{1000, k_xlm},
                db.clock.now() + std::chrono::minutes{2},
                100};
    }
    std::vector<contract::Call> stored() {
        return db::transact(db.app(), {organizer},
                            [&](db::Transaction& tx) { return contract::load_calls(tx, organizer, 50); });
    }
};

} // namespace

TEST_CASE("a call is stored before it leaves, and ends with its proof and its cost", "[db][contract]") {
    World world;
    world.courier.answers = {Standing::accepted, Standing::confirmed};
    world.courier.on_send = [&] {
        const auto stored = world.stored();
        REQUIRE(stored.size() == 1);
        CHECK(stored[0].state == "prepared");
        CHECK(stored[0].attempt.payload == Bytes{7});
    };
    CHECK(world.call().standing == Standing::confirmed);
    const auto stored = world.stored();
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].state == "confirmed");
    CHECK(stored[0].charged == money::Amount{150, k_xlm});
    CHECK(stored[0].wanted.words == "due()");
    CHECK(world.courier.asked == std::vector<std::string>{"send key107", "find key107"});
    world.db.sweep(world.organizer);
}

TEST_CASE("what nobody knows the end of is asked for before anything else is sent", "[db][contract]") {
    World world;
    CHECK(test::problem_code([&] { world.call(); }) == "contract.unknown");
    CHECK(world.stored()[0].state == "unknown");
    CHECK(test::problem_code([&] { world.call(); }) == "contract.unknown");
    CHECK(world.stored().size() == 1); // nothing new was made
    world.courier.asked.clear();
    world.courier.answers = {Standing::confirmed, Standing::confirmed};
    CHECK(world.call().standing == Standing::confirmed);
    REQUIRE(world.courier.asked.size() == 2);
    CHECK(world.courier.asked[0] == "find key107"); // by its key, with the bytes as stored
    CHECK(world.courier.asked[1].starts_with("send "));
    CHECK(world.known.back().used == 7);
    world.db.sweep(world.organizer);
}

TEST_CASE("the number of a call that came to nothing is taken again, one that a ledger used is not", "[db][contract]") {
    World world;
    world.courier.answers = {Standing::absent};
    CHECK(world.call().standing == Standing::absent);
    world.courier.answers = {Standing::failed};
    CHECK(world.call().standing == Standing::failed);
    CHECK(world.known.back().dead == 7);
    world.courier.answers = {Standing::confirmed};
    world.next = 8;
    CHECK(world.call().standing == Standing::confirmed);
    CHECK_FALSE(world.known.back().dead);
    CHECK(world.known.back().used == 7);
    CHECK(world.stored()[0].attempt.sequence == 8);
    world.db.sweep(world.organizer);
}

TEST_CASE("where no server can be reached, nothing left, and the next one finds it so", "[db][contract]") {
    World world;
    world.courier.is_gone = true;
    CHECK(test::problem_code([&] { world.call(); }) == "rpc.unreachable");
    CHECK(world.stored()[0].state == "prepared");
    world.courier.is_gone = false;
    world.courier.answers = {Standing::absent, Standing::confirmed};
    CHECK(world.call().standing == Standing::confirmed);
    world.db.sweep(world.organizer);
}

TEST_CASE("one sends from an account at a time, and who lost the right sends nothing", "[db][contract]") {
    World world;
    contract::Caller first{world.desk, world.courier, k_seat, world.patience};
    db::Database session{world.db.app().options()}; // another process's
    const contract::Desk rival{session, world.organizer, world.db.ids, world.db.clock, "rival"};
    const auto busy = [&] { contract::Caller second{rival, world.courier, k_seat, world.patience}; };
    CHECK(test::problem_code(busy) == "contract.busy");
    contract::Caller elsewhere{world.desk, world.courier, {"standalone", "GOTHER"}, world.patience};
    db::transact(world.db.app(), {world.organizer}, [&](db::Transaction& tx) {
        tx.raw("UPDATE lease SET number = number + 1 WHERE work = 'contract call' AND scope LIKE '%GDEPLOYER'");
    });
    CHECK(test::problem_code([&] { world.call(first); }) == "contract.lease_lost");
    CHECK(world.courier.asked.empty());
    CHECK(world.stored().empty());
}

TEST_CASE("an outcome is recorded over what was followed, not over what another recorded", "[db][contract]") {
    World world;
    CHECK(test::problem_code([&] { world.call(); }) == "contract.unknown");
    auto call = world.stored()[0];
    call.state = "sent"; // as one thinks who was stopped for a while
    rail::Outcome outcome;
    CHECK(test::problem_code([&] {
              db::transact(world.db.app(), {world.organizer},
                           [&](db::Transaction& tx) { contract::record_outcome(tx, world.desk, call, outcome); });
          }) == "contract.moved");
}

TEST_CASE("a stored call is fixed, and what ended does not move again", "[db][contract]") {
    World world;
    world.courier.answers = {Standing::confirmed};
    world.call();
    for (const auto* change : {"payload = 'x'", "state = 'unknown', evidence_id = NULL, finished_at = NULL",
                               "sequence = 9", "reason = 'other'"}) {
        CAPTURE(change);
        CHECK(test::problem_code([&] {
                  db::transact(world.db.owner(), {world.organizer}, [&](db::Transaction& tx) {
                      tx.raw(fmt::format("UPDATE contract_call SET {}", change));
                  });
              }) == "db.append_only");
    }
    CHECK(test::problem_code([&] {
              db::transact(world.db.owner(), {world.organizer},
                           [&](db::Transaction& tx) { tx.raw("DELETE FROM contract_call"); });
          }) != "");
}
