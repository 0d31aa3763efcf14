// What contracts tell, in the books: a page whole or not at all, each event once, and hearing goes forward.
#include "lib/contract/event.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using contract::Event;
using contract::Heard;
using contract::Page;

namespace {

const contract::Stream k_stream{"standalone", "CCONTRACT"};

struct World {
    test::FreshDatabase db;
    OrganizerId organizer = db.add_organizer("demo");
    contract::Desk desk{db.app(), organizer, db.ids, db.clock, "ops"};

    Heard store(const std::optional<Heard>& before, Page page) {
        page.before = before;
        return db::transact(db.app(), {.organizer = organizer, .what = "test"},
                            [&](db::Transaction& tx) { return contract::store_page(tx, desk, k_stream, page); });
    }
    std::optional<Heard> heard() {
        return db::transact(db.app(), {organizer},
                            [&](db::Transaction& tx) { return contract::find_heard(tx, organizer, k_stream); });
    }
    std::vector<std::string> ids(const contract::EventFilter& filter = {}) {
        std::vector<std::string> ids;
        for (const auto& event : db::transact(db.app(), {organizer}, [&](db::Transaction& tx) {
                 return contract::load_events(tx, organizer, k_stream, filter);
             }))
            ids.push_back(event.id);
        return ids;
    }
};

Event event(const std::string& id, std::int64_t ledger) {
    return {id, ledger, "hash-" + id, {1, 2, 3}, R"({"name":"paid"})"};
}

} // namespace

TEST_CASE("events are kept in their order, each as evidence of its transaction", "[db][contract]") {
    World world;
    auto heard = world.store({}, {{}, {event("0007", 10), event("0009", 12)}, 5, 20, "c20"});
    CHECK((heard.from == 5 && heard.through == 20 && heard.cursor == "c20"));
    heard = world.store(heard, {{}, {event("0011", 21)}, 21, 30, "c30"});
    CHECK((world.heard()->from == 5 && world.heard()->through == 30 && world.heard()->cursor == "c30"));
    CHECK(world.ids() == std::vector<std::string>{"0007", "0009", "0011"});
    CHECK(world.ids({"0007", 1}) == std::vector<std::string>{"0009"});
    const auto loaded = db::transact(world.db.app(), {world.organizer}, [&](db::Transaction& tx) {
        return contract::load_events(tx, world.organizer, k_stream, {"0009", 10});
    });
    REQUIRE(loaded.size() == 1);
    CHECK((loaded[0].transaction == "hash-0011" && loaded[0].raw == Bytes{1, 2, 3} &&
           loaded[0].said == R"({"name":"paid"})"));
    world.db.sweep(world.organizer);
}

TEST_CASE("two who hear at once: one goes on, the other stores nothing", "[db][contract]") {
    World world;
    const auto first = world.store({}, {{}, {event("0001", 1)}, 1, 5, "c5"});
    CHECK(test::problem_code([&] {
              world.store({}, {{}, {event("0001", 1)}, 1, 5, "c5"});
          }) == "contract.heard_elsewhere");
    world.store(first, {{}, {event("0002", 6)}, 6, 9, "c9"});
    CHECK(test::problem_code([&] {
              world.store(first, {{}, {event("0003", 7)}, 6, 9, "c9b"});
          }) == "contract.heard_elsewhere");
    CHECK(world.ids() == std::vector<std::string>{"0001", "0002"});
    world.db.sweep(world.organizer);
}

TEST_CASE("a gap stands with what comes behind it", "[db][contract]") {
    World world;
    const auto first = world.store({}, {{}, {}, 1, 5, "c5"});
    world.store(first, {{}, {event("0008", 50)}, 50, 60, "c60", contract::Gap{6, 49, {}}});
    const auto gaps = db::transact(world.db.app(), {world.organizer}, [&](db::Transaction& tx) {
        return contract::load_gaps(tx, world.organizer, k_stream);
    });
    REQUIRE(gaps.size() == 1);
    CHECK((gaps[0].from == 6 && gaps[0].to == 49));
    world.db.sweep(world.organizer);
}

TEST_CASE("hearing never goes back, and what was told is never changed", "[db][contract]") {
    World world;
    world.store({}, {{}, {event("0001", 3)}, 1, 5, "c5"});
    auto& owner = world.db.owner().connection();
    owner.raw("SET passa.organizer = '" + world.organizer.uuid() + "'");
    CHECK_THROWS_AS(owner.raw("UPDATE contract_heard SET through_ledger = 4"), Error);
    CHECK_THROWS_AS(owner.raw("UPDATE contract_heard SET from_ledger = 2"), Error);
    CHECK_THROWS_AS(owner.raw("DELETE FROM contract_heard"), Error);
    CHECK_THROWS_AS(owner.raw("UPDATE contract_event SET said = '{}'"), Error);
    CHECK_THROWS_AS(owner.raw("DELETE FROM contract_event"), Error);
    world.db.sweep(world.organizer);
    owner.raw("INSERT INTO contract_event SELECT organizer_id, network, contract, '0002', 7, transaction, said, "
              "evidence_id FROM contract_event");
    CHECK(world.db.broken_laws(world.organizer) == std::vector<std::string>{"contract.check_events_are_heard"});
}
