// Several endpoints, of which one answers; a liar is never believed.
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using test::ScriptedRpc;

namespace {

const Instant k_now{std::chrono::seconds{1'795'230'280}};
const std::vector<std::string> k_two{"http://127.0.0.1:1", "http://127.0.0.1:2"};

nlohmann::json health(std::int64_t closed) {
    return {{"status", "healthy"}, {"latestLedger", 9}, {"oldestLedger", 1}, {"latestLedgerCloseTime", closed}};
}

struct World {
    ScriptedRpc rpc;
    FixedClock clock{k_now};
    rpc::Client client;
    explicit World(const std::vector<std::string>& urls = {"http://127.0.0.1:1"})
        : client(rpc, clock, test::standalone_servers(urls)) {
        rpc.always("getHealth", health(1'795'230'278));
    }
    std::string code() {
        const auto answer = client.get_health();
        return answer ? "none" : answer.problem().code;
    }
};

} // namespace

TEST_CASE("each way of not answering has its code", "[unit]") {
    const std::vector<std::pair<http::Reply, std::string>> table{
        {ScriptedRpc::none(http::Failure::no_route, false), "rpc.unreachable"},
        {ScriptedRpc::none(http::Failure::timeout, true), "rpc.no_answer"},
        {ScriptedRpc::none(http::Failure::too_large, true), "rpc.too_large"},
        {http::Answer{429, "", {}}, "rpc.busy"},
        {http::Answer{503, "", {}}, "rpc.busy"},
        {http::Answer{504, "", {}}, "rpc.timeout"},
        {http::Answer{401, "", {}}, "rpc.unauthorised"},
        {http::Answer{500, "[-32700] invalid request value", {}}, "rpc.http"},
        {http::Answer{301, "", {}}, "rpc.http"},
        {http::Answer{200, "<html>", {}}, "rpc.not_rpc"},
    };
    for (const auto& [reply, code] : table) {
        World world;
        world.rpc.in_turn("getHealth", {reply});
        CHECK(world.code() == code);
    }
}

TEST_CASE("a server of another network is never used", "[unit]") {
    World world;
    world.rpc.always("getNetwork", {{"passphrase", "Test SDF Network ; September 2015"}, {"protocolVersion", 28}});
    CHECK(world.code() == "rpc.wrong_network");
    CHECK(world.code() == "rpc.wrong_network");
    CHECK(world.rpc.count("getHealth") == 0);
    CHECK(world.rpc.count("getNetwork") == 1); // asked once: a lie is for ever
    CHECK(world.client.send_transaction("AAAA").problem().code == "rpc.wrong_network");
    CHECK(world.rpc.count("sendTransaction") == 0);
}

TEST_CASE("a question goes on to the next endpoint, and stays there", "[unit]") {
    World world{k_two};
    world.rpc.broken.emplace("http://127.0.0.1:1", ScriptedRpc::none(http::Failure::no_route, false));
    CHECK(world.code() == "none");
    world.rpc.asked.clear();
    CHECK(world.code() == "none");
    CHECK(world.rpc.asked == std::vector<std::string>{"http://127.0.0.1:2 getHealth"});
}

TEST_CASE("an endpoint that lags behind comes last", "[unit]") {
    World world{k_two};
    world.rpc.in_turn("getHealth",
                      {ScriptedRpc::result(health(1'795'230'000)), ScriptedRpc::result(health(1'795'230'278))});
    CHECK(world.code() == "none");
    CHECK(world.rpc.asked.back() == "http://127.0.0.1:2 getHealth");
}

TEST_CASE("an endpoint that falls behind while it is used comes last too", "[unit]") {
    World world{k_two};
    world.rpc.always("getTransactions", {{"transactions", nlohmann::json::array()},
                                         {"cursor", ""},
                                         {"latestLedger", 9},
                                         {"oldestLedger", 1},
                                         {"latestLedgerCloseTimestamp", 1},
                                         {"oldestLedgerCloseTimestamp", 1}});
    REQUIRE(world.client.get_transactions(1, 10).ok());
    CHECK(world.rpc.asked.back() == "http://127.0.0.1:1 getTransactions");
    world.clock.advance(std::chrono::minutes{2});
    world.rpc.in_turn("getHealth",
                      {ScriptedRpc::result(health(1'795'230'278)), ScriptedRpc::result(health(1'795'230'398))});
    REQUIRE(world.client.get_transactions(1, 10).ok());
    CHECK(world.rpc.asked.back() == "http://127.0.0.1:2 getTransactions");
}

TEST_CASE("a sending is repeated elsewhere only when nothing left", "[unit]") {
    const nlohmann::json sent{
        {"status", "PENDING"}, {"hash", "aa"}, {"latestLedger", 9}, {"latestLedgerCloseTime", "1"}};
    World never_left{k_two};
    never_left.rpc.in_turn("sendTransaction",
                           {ScriptedRpc::none(http::Failure::no_route, false), ScriptedRpc::result(sent)});
    CHECK(never_left.client.send_transaction("AAAA").ok());
    World may_have_left{k_two};
    may_have_left.rpc.in_turn("sendTransaction",
                              {ScriptedRpc::none(http::Failure::cut_off, true), ScriptedRpc::result(sent)});
    CHECK(may_have_left.client.send_transaction("AAAA").problem().code == "rpc.no_answer");
    CHECK(may_have_left.rpc.count("sendTransaction") == 1);
    World nobody{k_two};
    nobody.rpc.on("getNetwork", [](const auto&) { return ScriptedRpc::none(http::Failure::timeout, true); });
    CHECK(nobody.client.send_transaction("AAAA").problem().code == "rpc.unreachable"); // the bytes never left
}

TEST_CASE("many keys are asked for 200 at a time", "[unit]") {
    World world;
    std::vector<std::size_t> sizes;
    world.rpc.on("getLedgerEntries", [&](const nlohmann::json& params) {
        sizes.push_back(params.at("keys").size());
        return ScriptedRpc::result({{"entries", nlohmann::json::array()}, {"latestLedger", 9}});
    });
    CHECK(world.client.get_entries(std::vector<std::string>(401, "AAAA")).ok());
    CHECK(sizes == std::vector<std::size_t>{200, 200, 1});
}

TEST_CASE("simulations and events are asked for as servers know it", "[unit]") {
    World world;
    std::vector<nlohmann::json> asked;
    const auto note = [&](const nlohmann::json& result) {
        return [&asked, result](const nlohmann::json& params) {
            return asked.push_back(params), ScriptedRpc::result(result);
        };
    };
    world.rpc.on("simulateTransaction", note({{"error", "no"}, {"latestLedger", 0}}));
    world.rpc.on("getEvents", note({{"cursor", "7-1"}, {"latestLedger", 9}}));
    CHECK(world.client.simulate({"AAAA", true}).value().error == "no");
    CHECK(asked.at(0) == nlohmann::json{{"transaction", "AAAA"}, {"authMode", "enforce"}, {"useUpgradedAuth", true}});
    const auto page =
        world.client.get_events({.from_ledger = 5, .contracts = {"C1"}, .topics = {{"AAAA", "*"}}}).value();
    CHECK(asked.at(1).at("startLedger") == 5);
    CHECK(asked.at(1).at("filters").at(0).at("contractIds").at(0) == "C1");
    CHECK(asked.at(1).at("filters").at(0).at("topics").at(0).at(1) == "*");
    CHECK(page.events.empty());
    CHECK(world.client.get_events({.cursor = page.cursor, .limit = 3}).ok());
    CHECK(!asked.at(2).contains("startLedger")); // a server refuses both
    CHECK(asked.at(2).at("pagination") == nlohmann::json{{"cursor", "7-1"}, {"limit", 3}});
}
