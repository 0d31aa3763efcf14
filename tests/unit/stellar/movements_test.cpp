// What a statement says of an account adds up to what the network says it held, for everything that was recorded.
#include "lib/stellar/rail.hpp"
#include "lib/stellar/statement.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

using Holdings = std::map<FixedBytes<32>, std::map<std::string, std::int64_t>>; // by account and asset

json load(const std::filesystem::path& path) { return json::parse(std::ifstream{path}); }
std::filesystem::path folder() { return std::filesystem::path{PASSA_FIXTURES} / "vectors/network"; }

Holdings holdings_of(const json& entries) {
    Holdings held;
    for (const auto& entry : entries) {
        if (entry.at("xdr").is_null()) continue;
        const auto data = xdr::decode_base64<xdr::LedgerEntryData>(entry.at("xdr").get<std::string>()).value();
        if (const auto* account = data.find<xdr::LedgerEntryType::account>())
            held[account->account_id.ed25519]["XLM"] = account->balance;
        const auto* line = data.find<xdr::LedgerEntryType::trustline>();
        if (line == nullptr) continue;
        xdr::Asset asset;
        if (const auto* four = line->asset.find<xdr::AssetType::credit_alphanum4>())
            asset.select<xdr::AssetType::credit_alphanum4>() = *four;
        else if (const auto* twelve = line->asset.find<xdr::AssetType::credit_alphanum12>())
            asset.select<xdr::AssetType::credit_alphanum12>() = *twelve;
        held[line->account_id.ed25519][tx::to_text(asset)] = line->balance;
    }
    return held;
}

rpc::Transaction transaction_of(const json& step) {
    rpc::Transaction transaction{.status = step.at("status") == "SUCCESS" ? rpc::Status::success : rpc::Status::failed};
    transaction.hash = step.at("hash");
    transaction.ledger = step.at("ledger");
    transaction.order = step.at("order");
    transaction.envelope = step.at("envelope");
    transaction.result = step.at("result");
    transaction.meta = step.at("meta");
    return transaction;
}

} // namespace

TEST_CASE("movements add up to the change of every balance, in every recorded scenario", "[unit]") {
    std::size_t compared = 0;
    for (const auto& file : std::filesystem::directory_iterator{folder()}) {
        const auto scenario = load(file.path());
        const auto before = holdings_of(scenario.at("initial").at("entries"));
        auto after = holdings_of(scenario.at("final"));
        for (const auto& [account, balances] : after) {
            auto expected = balances;
            if (const auto had = before.find(account); had != before.end())
                for (const auto& [asset, balance] : had->second) expected[asset] -= balance;
            std::map<std::string, money::Int128> moved;
            for (const auto& step : scenario.at("steps")) {
                if (!step.contains("meta") || step.at("meta").is_null()) continue;
                for (const auto& line : movements_of(transaction_of(step), {account}).value())
                    moved[line.amount.asset().id] += line.amount.minor();
            }
            for (const auto& [asset, change] : expected) {
                INFO(file.path().filename() << " " << format_account(account) << " " << asset);
                CHECK(static_cast<std::int64_t>(moved[asset]) == change);
                ++compared;
            }
        }
    }
    CHECK(compared > 100);
}

TEST_CASE("a batch is told line by line, with references that attempts know", "[unit]") {
    const auto scenario = load(folder() / "batch_100.json");
    for (const auto& step : scenario.at("steps")) {
        if (!step.contains("meta") || step.at("status") != "SUCCESS") continue;
        const auto transaction = transaction_of(step);
        const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(transaction.envelope).value();
        const auto& inner = envelope.get<xdr::EnvelopeType::tx>().tx;
        if (inner.operations.size() != 100 || inner.operations[0].body.type() != xdr::OperationType::payment) continue;
        const auto lines = movements_of(transaction, tx::to_account(inner.source_account)).value();
        REQUIRE(lines.size() == 101);
        CHECK(lines[0].kind == rail::StatementLine::Kind::fee);
        CHECK(lines[0].external_ref == transaction.hash + ":fee");
        CHECK(lines[1].external_ref == transaction.hash + ":0");
        CHECK(lines[100].external_ref == transaction.hash + ":99");
        CHECK(lines[100].kind == rail::StatementLine::Kind::payment);
        CHECK(lines[100].amount.is_negative());
        CHECK(lines[1].position < lines[100].position);
        return;
    }
    FAIL("no batch of 100 payments is recorded");
}

TEST_CASE("what cannot be read is refused, not skipped", "[unit]") {
    auto transaction = transaction_of(load(folder() / "payment_native.json").at("steps").at(0));
    transaction.meta = "AAAA";
    CHECK(movements_of(transaction, {}).problem().code == "rpc.not_rpc");
}

namespace {

// A server whose history is one recorded scenario, from ledger `oldest` on.
struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{}};
    rpc::Client client{rpc, clock, test::standalone_servers()};
    json scenario = load(folder() / "payment_native.json");
    std::uint32_t latest = scenario.at("steps").back().at("ledger").get<std::uint32_t>() + 3;
    xdr::AccountId account;

    explicit World(std::uint32_t oldest) {
        const auto envelope =
            xdr::decode_base64<xdr::TransactionEnvelope>(scenario.at("steps").at(0).at("envelope").get<std::string>())
                .value();
        account = tx::to_account(envelope.get<xdr::EnvelopeType::tx>().tx.source_account);
        rpc.always("getHealth", {{"status", "healthy"}, {"latestLedger", latest}, {"oldestLedger", oldest}});
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
                                    {"createdAt", step.at("closeTime")},
                                    {"applicationOrder", step.at("order")},
                                    {"envelopeXdr", step.at("envelope")},
                                    {"resultXdr", step.at("result")},
                                    {"resultMetaXdr", step.at("meta")}});
        }
        return ScriptedRpc::result({{"transactions", transactions},
                                    {"cursor", std::to_string(i)},
                                    {"latestLedger", latest},
                                    {"latestLedgerCloseTimestamp", 1795230272},
                                    {"oldestLedger", 1},
                                    {"oldestLedgerCloseTimestamp", 1}});
    }
    rail::Statement read(std::int64_t from) { return read_statement(client, {account, {"XLM", 7}}, {from}); }
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
