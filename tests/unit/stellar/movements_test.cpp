// What a statement says of an account adds up to what the network says it held, for everything that was recorded.
#include "lib/stellar/rail.hpp"
#include "lib/stellar/statement.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/result.hpp"
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

const NetworkId k_network = make_network_id(test::k_standalone);

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
                for (const auto& line : movements_of(transaction_of(step), {account}, k_network).value())
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
        const auto lines = movements_of(transaction, tx::to_account(inner.source_account), k_network).value();
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

TEST_CASE("what somebody wrapped in a fee bump keeps its own name, and its wrapping has another", "[unit]") {
    int wrapped = 0;
    const auto scenario = load(folder() / "fee_bump.json");
    for (const auto& step : scenario.at("steps")) {
        if (!step.contains("meta") || !step.at("feeBump").get<bool>() || step.at("status") != "SUCCESS") continue;
        const auto transaction = transaction_of(step);
        const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(transaction.envelope).value();
        const auto& bump = envelope.get<xdr::EnvelopeType::tx_fee_bump>().tx;
        const auto source = tx::to_account(bump.inner_tx.get<xdr::EnvelopeType::tx>().tx.source_account);
        const auto payer = tx::to_account(bump.fee_source);
        const auto result = tx::read_result(xdr::decode_base64<xdr::TransactionResult>(transaction.result).value());
        const auto key = to_hex(result.inner_hash.value());
        const auto lines = movements_of(transaction, source, k_network).value();
        CHECK(lines.back().external_ref == key + ":0");
        if (payer == source) {
            CHECK(lines.front().external_ref == key + ":fee");
            continue;
        }
        CHECK(lines.size() == 1); // it pays no fee
        CHECK(movements_of(transaction, payer, k_network).value().front().external_ref == transaction.hash + ":fee");
        ++wrapped;
    }
    CHECK(wrapped > 0);
}

TEST_CASE("what cannot be read is refused, not skipped", "[unit]") {
    auto transaction = transaction_of(load(folder() / "payment_native.json").at("steps").at(0));
    transaction.meta = "AAAA";
    CHECK(movements_of(transaction, {}, k_network).problem().code == "rpc.not_rpc");
}

TEST_CASE("a transaction is called by the hash of its bytes, or refused", "[unit]") {
    auto transaction = transaction_of(load(folder() / "payment_native.json").at("steps").at(0));
    CHECK(movements_of(transaction, {}, k_network).ok());
    CHECK(movements_of(transaction, {}, make_network_id("another")).problem().code == "rpc.not_rpc");
    for (const auto& hash : {std::string(64, '0'), std::string{}}) {
        transaction.hash = hash;
        CHECK(movements_of(transaction, {}, k_network).problem().code == "rpc.not_rpc");
    }
}

TEST_CASE("what keeps an account up is told from what it paid for otherwise", "[unit]") {
    std::map<std::string, int> seen;
    for (const char* name : {"change_trust.json", "data_and_sequence.json", "payment_native.json"}) {
        const auto scenario = load(folder() / name);
        for (const auto& step : scenario.at("steps")) {
            if (!step.contains("meta") || step.at("meta").is_null()) continue;
            const auto transaction = transaction_of(step);
            const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(transaction.envelope).value();
            const auto* plain = envelope.find<xdr::EnvelopeType::tx>();
            if (plain == nullptr) continue;
            const auto lines = movements_of(transaction, tx::to_account(plain->tx.source_account), k_network).value();
            REQUIRE(!lines.empty());
            const auto& operations = plain->tx.operations;
            const auto upkeep = std::all_of(operations.begin(), operations.end(), [](const auto& operation) {
                const auto type = operation.body.type();
                return type == xdr::OperationType::change_trust || type == xdr::OperationType::manage_data ||
                       type == xdr::OperationType::set_options;
            });
            const auto* word = upkeep ? ":upkeep" : ":fee";
            CHECK(lines[0].external_ref == transaction.hash + word);
            ++seen[word];
        }
    }
    CHECK(seen[":upkeep"] > 0);
    CHECK(seen[":fee"] > 0);
}
