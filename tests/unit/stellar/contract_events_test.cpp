// What a contract told, page by page over a scripted server: what was looked through, and what cannot be believed.
#include "lib/stellar/contract/events.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

std::string place(std::uint64_t ledger, std::uint32_t number) {
    return fmt::format("{:019}-{:010}", ledger << 32U, number);
}

json told(std::uint64_t ledger, std::uint32_t number) {
    return {{"id", place(ledger, number)},
            {"type", "contract"},
            {"contractId", "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC"},
            {"ledger", ledger},
            {"txHash", std::string(64, 'a')},
            {"topic", {to_base64(xdr::encode(xdr::ScVal{xdr::ScValType::void_}))}},
            {"value", to_base64(xdr::encode(xdr::ScVal{xdr::ScValType::void_}))}};
}

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'000}}};
    rpc::Client client{rpc, clock, test::standalone_servers({"http://127.0.0.1:8000"})};
    rpc::EventQuestion question{.from_ledger = 10, .limit = 2};

    Result<contract::Stretch> hear(const json& events, const std::string& cursor) {
        rpc.always("getEvents",
                   {{"events", events}, {"cursor", cursor}, {"latestLedger", 30'000}, {"oldestLedger", 5}});
        return contract::hear(client, question);
    }
};

} // namespace

TEST_CASE("an empty page says how far nothing was told", "[stellar][contract]") {
    World world;
    const auto first = world.hear(json::array(), place(10'009, 4'294'967'295));
    REQUIRE(first);
    CHECK((first->events.empty() && first->through == 10'009 && !first->is_last));
    CHECK(world.question.cursor == first->cursor);
    CHECK(world.question.from_ledger == 0);
    const auto last = world.hear(json::array(), place(30'000, 4'294'967'295));
    CHECK((last->through == 30'000 && last->is_last));
    CHECK(world.hear(json::array(), place(30'000, 4'294'967'295))->is_last); // nothing new
}

TEST_CASE("a full page tells of its last ledger only in part", "[stellar][contract]") {
    World world;
    const auto full = world.hear({told(11, 0), told(12, 3)}, place(12, 3));
    REQUIRE(full);
    CHECK((full->events.size() == 2 && full->through == 11 && !full->is_last));
    CHECK(world.hear(json::array({told(12, 4)}), place(30'000, 4'294'967'295))->through == 30'000);
}

TEST_CASE("a page that stands still, says too much or names no place is refused", "[stellar][contract]") {
    World world;
    CHECK(world.hear({told(11, 0), told(12, 3)}, place(12, 3)).ok());
    CHECK(world.hear({told(11, 0), told(12, 3)}, place(12, 3)).problem().code == "rpc.not_rpc");
    CHECK(world.hear({told(11, 0), told(12, 3), told(12, 4)}, place(12, 4)).problem().code == "rpc.not_rpc");
    for (const auto* cursor : {"", "12", "000000000000000001-0000000001", "9999999999999999999-0000000001",
                               "0000000000000000x01-0000000001", "0000000000000000001 0000000001"})
        CHECK(world.hear(json::array(), cursor).problem().code == "rpc.not_rpc");
}

TEST_CASE("what was not asked for, and a place that cannot be, are refused", "[stellar][contract]") {
    World world;
    const auto end = place(30'000, 4'294'967'295);
    const auto refused = [&](const json& events, const std::string& cursor) {
        world.question.from_ledger = 10;
        world.question.cursor.clear();
        return world.hear(events, cursor).problem().code == "rpc.not_rpc";
    };
    CHECK(refused(json::array(), place(30'001, 0)));         // ahead of what the server has
    CHECK(refused(json::array(), place(2'000'000'000, 0)));  //
    CHECK(refused({told(11, 0), told(12, 0)}, place(0, 7))); // before everything
    CHECK(refused(json::array(), place(9, 0)));              // before the question
    CHECK(refused(json::array({told(9, 0)}), end));          //
    CHECK(refused({told(12, 0), told(11, 0)}, end));         // out of order
    CHECK(refused({told(11, 0), told(11, 0)}, end));         // twice
    CHECK(refused(json::array({told(40'000, 0)}), end));     // behind its own cursor
    auto odd = told(11, 0);
    odd["ledger"] = 12; // its id says otherwise
    CHECK(refused(json::array({odd}), end));
    odd = told(11, 0);
    odd["txHash"] = "\x1b[2J";
    CHECK(refused(json::array({odd}), end));
    world.question.contracts = {"CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"};
    CHECK(refused(json::array({told(11, 0)}), end)); // of another contract
    world.question = {.cursor = place(20, 0), .limit = 2};
    CHECK(world.hear(json::array(), place(19, 0)).problem().code == "rpc.not_rpc"); // to and fro
}

TEST_CASE("an event is read as it stands in the ledger", "[stellar][contract]") {
    World world;
    const auto stretch = world.hear(json::array({told(11, 0)}), place(30'000, 0));
    const auto event = contract::read_event(stretch->events.at(0));
    REQUIRE(event);
    CHECK((event->contract_id && event->body.get<0>().topics.size() == 1));
    auto odd = stretch->events.at(0);
    odd.topics = {"AAAA"};
    CHECK(contract::read_event(odd).problem().code == "rpc.not_rpc");
    odd = stretch->events.at(0);
    odd.contract = "CXX";
    CHECK(contract::read_event(odd).problem().code == "rpc.not_rpc");
    odd.contract.clear();
    CHECK(!contract::read_event(odd)->contract_id);
}
