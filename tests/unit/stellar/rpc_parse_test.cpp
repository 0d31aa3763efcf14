// Every answer that a real server gave is read; everything else is refused by name.
#include "lib/stellar/rpc/parse.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace passa;
using namespace passa::stellar;
using Json = nlohmann::json;

namespace {

const Json& answers() {
    static const Json all = Json::parse(std::ifstream{std::string{PASSA_FIXTURES} + "/vectors/rpc-answers.json"});
    return all;
}

std::string body_of(const std::string& name) {
    for (const auto& item : answers())
        if (item.at("case") == name) return item.at("answer").at("body").dump();
    FAIL("no case " << name);
    return {};
}

std::string code_of(const std::string& body) {
    const auto answer = rpc::parse_health(body);
    return answer ? "none" : answer.problem().code;
}

std::string error_body(int number) {
    return Json{{"jsonrpc", "2.0"}, {"id", 1}, {"error", {{"code", number}, {"message", "words"}}}}.dump();
}

} // namespace

TEST_CASE("recorded answers of each method are read", "[unit]") {
    const auto health = rpc::parse_health(body_of("health")).value();
    CHECK(health.status == "healthy");
    CHECK(health.latest_ledger == 838);
    CHECK(health.oldest_ledger == 151);
    CHECK(!health.latest_close); // this server does not say
    const auto network = rpc::parse_network(body_of("network")).value();
    CHECK(network.passphrase == "Standalone Network ; February 2017");
    CHECK(network.friendbot.empty());
    CHECK(network.protocol == 28);
    const auto latest = rpc::parse_latest_ledger(body_of("latest ledger")).value();
    CHECK(latest.sequence == 838);
    CHECK(to_text(*latest.closed_at) == "2026-11-21T03:04:32Z");
    CHECK(!latest.header.empty());
    CHECK(rpc::parse_fee_stats(body_of("fee stats"))->latest_ledger > 0);
    const auto ledgers = rpc::parse_ledgers(body_of("ledgers page")).value();
    CHECK(ledgers.cursor == "186");
    CHECK(ledgers.ledgers.at(0).sequence == 186);
}

TEST_CASE("recorded ledger entries, transactions and sendings are read", "[unit]") {
    const auto entries = rpc::parse_entries(body_of("entries, one found one missing")).value();
    REQUIRE(entries.found.size() == 1);
    CHECK(entries.latest_ledger == 838);
    const auto found = rpc::parse_transaction(body_of("transaction found")).value();
    CHECK(found.transaction.status == rpc::Status::success);
    CHECK(found.transaction.order == 1);
    CHECK(found.history.oldest_ledger == 151);
    CHECK(rpc::parse_transaction(body_of("transaction failed"))->transaction.status == rpc::Status::failed);
    const auto missing = rpc::parse_transaction(body_of("transaction not found")).value();
    CHECK(missing.transaction.status == rpc::Status::not_found);
    CHECK(missing.transaction.envelope.empty());
    CHECK(missing.history.latest_ledger == 838);
    CHECK(rpc::parse_transaction(body_of("transaction as json"))->transaction.envelope.empty());
    const auto page = rpc::parse_transactions(body_of("transactions page")).value();
    CHECK(page.transactions.size() == 2);
    CHECK(page.cursor == "803158888449");
    CHECK(page.history.latest_ledger == 838);
    const auto sent = rpc::parse_sent(body_of("send again, already in a ledger")).value();
    CHECK(sent.status == rpc::SendStatus::error);
    CHECK(sent.error_result == "AAAAAAAAAGT////9AAAAAA==");
}

TEST_CASE("every recorded refusal becomes a typed problem", "[unit]") {
    const std::map<std::string, std::string> expected{{"entries, bad key", "rpc.refused"},
                                                      {"entries, none", "rpc.failed"},
                                                      {"transaction bad hash", "rpc.refused"},
                                                      {"transactions too early", "rpc.refused"},
                                                      {"transactions in future", "rpc.refused"},
                                                      {"events bad range", "rpc.refused"},
                                                      {"send rubbish", "rpc.refused"},
                                                      {"send nothing", "rpc.refused"},
                                                      {"params as array", "rpc.refused"},
                                                      {"unknown method", "rpc.no_method"},
                                                      {"batch", "rpc.not_rpc"}};
    for (const auto& [name, code] : expected) {
        INFO(name);
        CHECK(code_of(body_of(name)) == code);
    }
}

TEST_CASE("a server's own words become a code, and are made printable", "[unit]") {
    CHECK(code_of(error_body(-32603)) == "rpc.failed");
    CHECK(code_of(error_body(-32001)) == "rpc.timeout");
    CHECK(code_of(error_body(-32098)) == "rpc.busy");
    const auto shown =
        rpc::parse_health(R"({"error":{"code":-32603,"message":"a\u001b[31mb\u202e"}})").problem().message;
    CHECK(shown.find('\x1b') == std::string::npos);
    CHECK(shown.find("\\x1b") != std::string::npos);
}

TEST_CASE("what is not JSON-RPC is refused, whatever it is", "[unit]") {
    for (const std::string body : {"", "<html>", "{", "[]", "{}", "null", "{\"result\":1}", "{\"result\":{}}",
                                   "{\"error\":1}", "{\"error\":{}}", "{\"result\":{\"status\":1}}", "\xff\xfe"}) {
        INFO(body);
        CHECK(code_of(body) == "rpc.not_rpc");
    }
    CHECK(code_of(std::string(100'000, '[')) == "rpc.not_rpc");
    CHECK(code_of(R"({"result":{"status":"healthy","latestLedger":4294967296,"oldestLedger":1}})") == "rpc.not_rpc");
    CHECK(code_of(R"({"result":{"status":"healthy","latestLedger":-1,"oldestLedger":1}})") == "rpc.not_rpc");
    CHECK(code_of(R"({"result":{"status":"healthy","latestLedger":1.5,"oldestLedger":1}})") == "rpc.not_rpc");
    CHECK(code_of(R"({"result":{"status":"healthy","latestLedger":"7x","oldestLedger":1}})") == "rpc.not_rpc");
}

TEST_CASE("numbers are read as numbers and as text", "[unit]") {
    const auto a = rpc::parse_health(
        R"({"result":{"status":"healthy","latestLedger":7,"oldestLedger":"3","latestLedgerCloseTime":"1795230272"}})");
    const auto b = rpc::parse_health(
        R"({"result":{"status":"healthy","latestLedger":"7","oldestLedger":3,"latestLedgerCloseTime":1795230272}})");
    CHECK(a->latest_ledger == b->latest_ledger);
    CHECK(a->oldest_ledger == b->oldest_ledger);
    CHECK(*a->latest_close == *b->latest_close);
}

TEST_CASE("recorded simulations are read, with what a transaction must carry", "[unit]") {
    const auto good = rpc::parse_simulated(body_of("simulate invoke, auth given")).value();
    CHECK(good.error.empty());
    CHECK(good.assembly.resource_fee == 68079);
    CHECK(!good.assembly.data.empty());
    CHECK(good.auth.size() == 1);
    CHECK(!good.value.empty());
    CHECK(!good.events.empty());
    CHECK(!good.restore);
    REQUIRE(!good.changes.empty());
    CHECK((!good.changes[0].before.empty() && !good.changes[0].after.empty()));
    CHECK(good.latest_ledger == 838);
}

TEST_CASE("a failed simulation says why in one line, without the server's backtrace", "[unit]") {
    const auto host = rpc::parse_simulated(body_of("simulate, host error")).value();
    CHECK(host.error == "HostError: Error(Contract, #10)");
    const auto existing = rpc::parse_simulated(body_of("simulate create existing")).value();
    CHECK(existing.error == "HostError: Error(Storage, ExistingValue)");
    CHECK(!existing.events.empty());
    const auto refused = rpc::parse_simulated(body_of("simulate, refused op")).value();
    CHECK(refused.error == "transaction contains unsupported operation type: OperationTypePayment");
    CHECK(refused.latest_ledger == 0);
    const auto shown = rpc::parse_simulated(R"({"result":{"error":"a\u001b[2J","latestLedger":1}})").value();
    CHECK(shown.error == "a\\x1b[2J");
}

TEST_CASE("a simulation that cannot be one is refused", "[unit]") {
    const auto code = [](const Json& change) {
        Json result{{"transactionData", "AAAA"}, {"minResourceFee", "7"}, {"latestLedger", 9}};
        result.update(change);
        const auto answer = rpc::parse_simulated(Json{{"result", result}}.dump());
        return answer ? "none" : answer.problem().code;
    };
    CHECK(code(Json::object()) == "none");
    CHECK(code({{"restorePreamble", {{"transactionData", "AAAA"}, {"minResourceFee", "5"}}}}) == "none");
    CHECK(code({{"minResourceFee", "-1"}}) == "rpc.not_rpc");
    CHECK(code({{"transactionData", nullptr}}) == "rpc.not_rpc");
    CHECK(code({{"restorePreamble", {{"minResourceFee", "5"}}}}) == "rpc.not_rpc");
    CHECK(code({{"results", {{{"xdr", "AAAA"}}, {{"xdr", "AAAA"}}}}}) == "rpc.not_rpc");
    CHECK(code({{"results", {{{"xdr", "AAAA"}, {"auth", {1}}}}}}) == "rpc.not_rpc");
    CHECK(code({{"stateChanges", {{{"type", "created"}, {"key", "AAAA"}, {"before", "AAAA"}}}}}) == "rpc.not_rpc");
    CHECK(code({{"stateChanges", {{{"type", "moved"}, {"key", "AAAA"}, {"after", "AAAA"}}}}}) == "rpc.not_rpc");
}

TEST_CASE("recorded events are read, and where the next page begins", "[unit]") {
    const auto page = rpc::parse_events(body_of("events")).value();
    REQUIRE(page.events.size() == 2);
    CHECK(page.cursor == page.events[1].id);
    CHECK(page.oldest_ledger == 151);
    CHECK(page.events[1].ledger == 749);
    CHECK(page.events[1].transaction == 1);
    CHECK(page.events[0].contract.starts_with("CDML"));
    CHECK(page.events[0].topics.size() == 2);
    CHECK(rpc::parse_events(body_of("events bad range")).problem().code == "rpc.refused");
}
