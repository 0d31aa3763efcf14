// Reading a statement page by page: what it may claim when servers lag, forget and close ledgers meanwhile.
#include "lib/stellar/rail.hpp"
#include "lib/stellar/statement.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

// A server whose history is one recorded scenario, from ledger `oldest` on.
struct World {
    static constexpr std::int64_t k_epoch = 1'795'000'000; // ledgers close every five seconds from here on
    static std::int64_t close_of(std::uint32_t ledger) { return k_epoch + 5 * std::int64_t{ledger}; }
    static json load() {
        return json::parse(
            std::ifstream{std::filesystem::path{PASSA_FIXTURES} / "vectors/network/payment_native.json"});
    }

    ScriptedRpc rpc;
    FixedClock clock{Instant{}};
    rpc::Client client{rpc, clock, test::standalone_servers()};
    json scenario = load();
    std::uint32_t latest = scenario.at("steps").back().at("ledger").get<std::uint32_t>() + 3;
    std::uint32_t oldest;                // of the server that answers pages
    std::uint32_t pages_latest = latest; // of the same
    xdr::AccountId account;

    explicit World(std::uint32_t begins) : oldest(begins) {
        const auto envelope =
            xdr::decode_base64<xdr::TransactionEnvelope>(scenario.at("steps").at(0).at("envelope").get<std::string>())
                .value();
        account = tx::to_account(envelope.get<xdr::EnvelopeType::tx>().tx.source_account);
        rpc.on("getHealth", [this](const json&) {
            return ScriptedRpc::result({{"status", "healthy"},
                                        {"latestLedger", latest},
                                        {"latestLedgerCloseTime", std::to_string(close_of(latest))},
                                        {"oldestLedger", oldest}});
        });
        rpc.on("getLedgers", [](const json& params) {
            const auto ledger = params.at("startLedger").get<std::uint32_t>();
            return ScriptedRpc::result(
                {{"ledgers",
                  {{{"hash", "ab"}, {"sequence", ledger}, {"ledgerCloseTime", std::to_string(close_of(ledger))}}}},
                 {"cursor", "1"},
                 {"latestLedger", ledger},
                 {"latestLedgerCloseTime", close_of(ledger)},
                 {"oldestLedger", 1},
                 {"oldestLedgerCloseTime", 1}});
        });
        rpc.on("getLedgerEntries", [this](const json& params) {
            json found = json::array();
            for (const auto& entry : scenario.at("final"))
                for (const auto& key : params.at("keys"))
                    if (entry.at("key") == key)
                        found.push_back({{"key", key},
                                         {"xdr", entry.at("xdr")},
                                         {"lastModifiedLedgerSeq", entry.at("lastModifiedLedgerSeq")}});
            return ScriptedRpc::result({{"entries", found}, {"latestLedger", latest}});
        });
        rpc.on("getTransactions", [this](const json& params) { return page(params); });
    }
    http::Reply page(const json& params) const { // two transactions a page, whatever was asked for
        const auto limit = params.at("pagination").at("limit").get<std::size_t>();
        if (limit > 2) return ScriptedRpc::none(http::Failure::too_large, true);
        const auto from = std::stoul(params.at("pagination").value("cursor", std::string{"0"}));
        const auto start = params.value("startLedger", 0U);
        json transactions = json::array();
        std::size_t i = from;
        for (; i < scenario.at("steps").size() && transactions.size() < limit; ++i) {
            const auto& step = scenario.at("steps")[i];
            if (!step.contains("ledger") || step.at("ledger").get<std::uint32_t>() < start) continue;
            transactions.push_back({{"status", step.at("status")},
                                    {"txHash", step.at("hash")},
                                    {"ledger", step.at("ledger")},
                                    {"createdAt", close_of(step.at("ledger").get<std::uint32_t>())},
                                    {"applicationOrder", step.at("order")},
                                    {"envelopeXdr", step.at("envelope")},
                                    {"resultXdr", step.at("result")},
                                    {"resultMetaXdr", step.at("meta")}});
        }
        return ScriptedRpc::result({{"transactions", transactions},
                                    {"cursor", std::to_string(i)},
                                    {"latestLedger", pages_latest},
                                    {"latestLedgerCloseTimestamp", close_of(pages_latest)},
                                    {"oldestLedger", std::min(oldest, pages_latest)},
                                    {"oldestLedgerCloseTimestamp", 1}});
    }
    rail::Statement read(std::int64_t from, std::size_t most_pages = 2'000) {
        return read_statement(client, {account, {"XLM", 7}}, {from, most_pages});
    }
};

} // namespace

TEST_CASE("a statement pages through the history, and continues where it ended", "[unit]") {
    World world{1};
    const auto first_ledger = world.scenario.at("steps").at(0).at("ledger").get<std::int64_t>();
    const auto whole = world.read(((first_ledger - 1) << 32) | k_end_of_ledger);
    CHECK(whole.complete);
    CHECK(whole.to_ledger == world.latest);
    REQUIRE(whole.lines.size() > 2);
    const auto again = world.read(whole.to);
    CHECK(again.complete);
    CHECK(again.lines.empty());
    const auto middle = whole.lines[1].position;
    CHECK(world.read(middle).lines.size() == whole.lines.size() - 2); // exclusive
}

TEST_CASE("a hole in the history is named, never passed over", "[unit]") {
    World world{100'000};
    const auto statement = world.read((std::int64_t{5} << 32) | k_end_of_ledger);
    CHECK(!statement.complete);
    CHECK(statement.gap.find("begins at ledger 100000") != std::string::npos);
    World from_the_beginning{2};
    CHECK(!from_the_beginning.read(0).complete); // the account is older than the history
}

namespace {
std::int64_t seconds_of(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}
std::int64_t before_all(const World& world) {
    return ((world.scenario.at("steps").at(0).at("ledger").get<std::int64_t>() - 1) << 32) | k_end_of_ledger;
}
} // namespace

TEST_CASE("a statement speaks for the close of its last ledger, never for a later moment", "[unit]") {
    World world{1};
    world.pages_latest = world.latest + 500; // paging took long
    const auto statement = world.read(before_all(world));
    CHECK(statement.complete);
    CHECK(statement.to_ledger == world.latest);
    CHECK(seconds_of(statement.closed_at) == World::close_of(world.latest));
    const auto empty = world.read(statement.to); // no new ledger: it still speaks for the same one
    CHECK(seconds_of(empty.closed_at) == World::close_of(world.latest));
    world.rpc.on("getLedgers", [](const json&) { return ScriptedRpc::error(-32601); });
    const auto less = world.read(before_all(world)); // then for the newest close it has seen before that
    CHECK(seconds_of(less.closed_at) > World::k_epoch);
    CHECK(seconds_of(less.closed_at) <= World::close_of(world.latest));
}

TEST_CASE("a page of a server that is behind ends the statement there, or leaves a gap", "[unit]") {
    World quiet{1};
    quiet.pages_latest = quiet.latest - 1; // knows all transactions, and one ledger less
    const auto shorter = quiet.read(before_all(quiet));
    CHECK(shorter.complete);
    CHECK(shorter.to_ledger == quiet.latest - 1);
    CHECK(seconds_of(shorter.closed_at) == World::close_of(quiet.latest - 1));

    World behind{1};
    behind.pages_latest = behind.scenario.at("steps").at(0).at("ledger").get<std::uint32_t>();
    behind.rpc.on("getTransactions", [&](const json& params) {
        return params.contains("startLedger") ? behind.page(params)
                                              : ScriptedRpc::result({{"transactions", json::array()},
                                                                     {"cursor", "9"},
                                                                     {"latestLedger", behind.pages_latest},
                                                                     {"latestLedgerCloseTimestamp", 1},
                                                                     {"oldestLedgerCloseTimestamp", 1},
                                                                     {"oldestLedger", 1}});
    });
    const auto statement = behind.read(before_all(behind));
    CHECK(!statement.complete);
    CHECK(statement.gap.find("ends at ledger") != std::string::npos);
}

TEST_CASE("ledgers that leave the history while it is read are a hole, not a failure", "[unit]") {
    World world{1};
    const auto steps = world.scenario.at("steps");
    const auto second = steps.at(1).at("ledger").get<std::uint32_t>();
    bool slid = false;
    world.rpc.on("getTransactions", [&](const json& params) {
        if (params.value("startLedger", second) >= second) return world.page(params);
        slid = true;
        world.oldest = second;
        return ScriptedRpc::error(-32600, "start ledger must be between the oldest ledger and the latest ledger");
    });
    REQUIRE(second > steps.at(0).at("ledger").get<std::uint32_t>());
    const auto statement = world.read(before_all(world));
    CHECK(slid);
    CHECK(!statement.complete);
    CHECK(statement.gap.find(fmt::format("begins at ledger {}", second)) != std::string::npos);
    CHECK(!statement.lines.empty());

    World refusing{1};
    refusing.rpc.on("getTransactions", [](const json&) { return ScriptedRpc::error(-32602, "bad limit"); });
    CHECK_THROWS_AS(refusing.read(before_all(refusing)), Error);
}

TEST_CASE("a page of a server that has forgotten what is next is a hole", "[unit]") {
    World world{1};
    const auto from = before_all(world);
    world.rpc.on("getTransactions", [&](const json& params) {
        if (!params.contains("startLedger"))
            world.oldest = world.latest - 1; // the second page comes from another server
        return world.page(params);
    });
    const auto statement = world.read(from);
    CHECK(!statement.complete);
    CHECK(statement.gap.find("begins at ledger") != std::string::npos);
}

TEST_CASE("a long history is read in stretches of whole ledgers, and nothing is told twice or left out", "[unit]") {
    World world{1};
    const auto whole = world.read(before_all(world));
    REQUIRE(whole.complete);
    REQUIRE(!whole.more);
    std::vector<rail::StatementLine> lines;
    auto from = before_all(world);
    int stretches = 0;
    for (bool more = true; more; ++stretches) {
        REQUIRE(stretches < 100);
        const auto part = world.read(from, 1);
        INFO(part.gap);
        REQUIRE(part.complete);
        REQUIRE(part.to > from);
        CHECK(seconds_of(part.closed_at) == World::close_of(static_cast<std::uint32_t>(part.to_ledger)));
        for (const auto& line : part.lines) CHECK((line.position > from && line.position <= part.to));
        lines.insert(lines.end(), part.lines.begin(), part.lines.end());
        from = part.to;
        more = part.more;
    }
    CHECK(stretches > 2);
    CHECK(from == whole.to);
    REQUIRE(lines.size() == whole.lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) CHECK(lines[i].external_ref == whole.lines[i].external_ref);
}

namespace {
xdr::AccountId source_of(const World& world, std::size_t step) {
    const auto text = world.scenario.at("steps").at(step).at("envelope").get<std::string>();
    return tx::to_account(
        xdr::decode_base64<xdr::TransactionEnvelope>(text).value().get<xdr::EnvelopeType::tx>().tx.source_account);
}
} // namespace

TEST_CASE("the first stretch of a history that ends before the account is born has no hole", "[unit]") {
    World world{100};
    world.account = source_of(world, 5); // born in the second step's ledger
    const auto before = world.read(0, 1);
    INFO(before.gap);
    CHECK(before.complete);
    CHECK(before.more);
    CHECK(before.lines.empty());
    const auto born = world.read(before.to);
    CHECK(born.complete);
    REQUIRE(!born.lines.empty());
    CHECK(born.lines.front().kind == rail::StatementLine::Kind::funding);
    CHECK(world.read(0).complete); // and in one go
}

TEST_CASE("an account that is older than the history and does not move in its first stretch has a hole", "[unit]") {
    World world{185};
    world.account = source_of(world, 2); // born in ledger 184
    const auto first = world.read(0, 1);
    CHECK(first.more);
    CHECK(first.lines.empty());
    CHECK(!first.complete);
    CHECK(first.gap.find("begins at ledger 185") != std::string::npos);
}

TEST_CASE("an account that was made anew hides nothing of what it was before", "[unit]") {
    World world{185};
    world.account = source_of(world, 2);
    auto& steps = world.scenario.at("steps");
    const auto ledger = steps.back().at("ledger").get<std::uint32_t>() + 1;
    auto again = steps.at(0); // the same birth, told of a later ledger
    again["ledger"] = ledger;
    steps.push_back(again);
    const auto statement = world.read(0);
    REQUIRE(statement.lines.size() > 2);
    CHECK(statement.lines.back().kind == rail::StatementLine::Kind::funding);
    CHECK(!statement.complete);
}

TEST_CASE("an account that nobody has funded yet has no hole", "[unit]") {
    World world{185};
    world.account = {};
    const auto statement = world.read(0);
    CHECK(statement.complete);
    CHECK(statement.lines.empty());
    CHECK(statement.closing.front().is_zero());
}

TEST_CASE("a server that gives fewer transactions than asked for is read to its end", "[unit]") {
    World plain{1};
    plain.account = source_of(plain, 2); // it moves in most pages
    const auto whole = plain.read(before_all(plain));
    World world{1};
    world.account = plain.account;
    world.rpc.on("getTransactions", [&](json params) {
        params["pagination"]["limit"] =
            std::min<std::size_t>(2, params.at("pagination").at("limit").get<std::size_t>());
        return world.page(params);
    });
    const auto clamped = world.read(before_all(world));
    CHECK(clamped.complete);
    CHECK(clamped.lines.size() == whole.lines.size());

    World stuck{1}; // its cursor leads nowhere
    stuck.rpc.on("getTransactions", [&](json params) {
        params["startLedger"] = 1;
        params["pagination"] = {{"limit", 2}};
        return stuck.page(params);
    });
    const auto part = stuck.read(before_all(stuck));
    CHECK(!part.complete);
    CHECK(part.gap.find("lead nowhere") != std::string::npos);
    CHECK(stuck.rpc.count("getTransactions") == 2);
    std::set<std::tuple<std::string, std::int64_t, std::string>> told;
    for (const auto& line : part.lines) told.emplace(line.external_ref, line.position, line.amount.text());
    CHECK(!part.lines.empty());
    CHECK(part.lines.size() == told.size()); // what was shown twice is told once
}

TEST_CASE("a server that refuses a large page is asked for smaller ones", "[unit]") {
    const auto code = GENERATE(-32602, -32600); // stellar-rpc says the latter
    World world{1};
    world.rpc.on("getTransactions", [&](const json& params) {
        const auto limit = params.at("pagination").at("limit").get<std::size_t>();
        return limit > 2 ? ScriptedRpc::error(code, "limit must not exceed 2") : world.page(params);
    });
    const auto statement = world.read(before_all(world));
    CHECK(statement.complete);
    CHECK(statement.lines.size() > 2);
}

TEST_CASE("a server that refuses for another reason than the size is not asked again", "[unit]") {
    World world{1};
    world.rpc.on("getTransactions",
                 [](const json&) { return ScriptedRpc::error(-32600, "startLedger and cursor cannot both be set"); });
    CHECK_THROWS_AS(world.read(before_all(world)), Error);
    CHECK(world.rpc.count("getTransactions") == 1);
}

TEST_CASE("a statement whose close no server tells speaks for no moment", "[unit]") {
    World world{1};
    world.rpc.on("getLedgers", [](const json&) { return ScriptedRpc::error(-32601); });
    const auto part = world.read(before_all(world), 1);
    CHECK(part.more);
    CHECK(part.closed_at == Instant{});
}
