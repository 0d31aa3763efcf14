// Everything that a real network answered (tests/fixtures/vectors): decoded, shown, read back from what was shown, and
// encoded to the same bytes and hashes.
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/result.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/registry.hpp"
#include "lib/stellar/xdr/types_meta.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;

namespace {

std::vector<json> load_scenarios() {
    std::vector<json> scenarios;
    for (const auto& entry : std::filesystem::directory_iterator(PASSA_FIXTURES "/vectors/network")) {
        std::ifstream file{entry.path()};
        scenarios.push_back(json::parse(file));
    }
    return scenarios;
}

void survives(std::string_view type, const std::string& base64) {
    CAPTURE(type, base64);
    const auto& shape = *xdr::find_type(type);
    const auto bytes = parse_base64(base64).value();
    xdr::AnyValue value{shape};
    const auto decoded = xdr::decode_value(shape, value.get(), bytes);
    INFO((decoded ? "" : decoded.problem().message));
    REQUIRE(decoded.ok());
    Bytes again;
    xdr::encode_value(shape, value.get(), again);
    REQUIRE(again == bytes);
    REQUIRE(xdr::value_to_json_text(shape, value.get()) == xdr::value_to_json(shape, value.get()).dump());
    xdr::AnyValue from_text{shape};
    const auto read = xdr::value_from_json_text(shape, xdr::value_to_json_text(shape, value.get()), from_text.get());
    INFO((read ? "" : read.problem().message));
    REQUIRE(read.ok());
    REQUIRE(from_text == value);
}

void entry_survives(const json& entry) {
    survives("LedgerKey", entry.at("key"));
    if (entry.contains("xdr") && !entry["xdr"].is_null()) survives("LedgerEntryData", entry["xdr"]);
    if (entry.contains("extXdr") && !entry["extXdr"].is_null()) survives("LedgerEntryExt", entry["extXdr"]);
}

bool is_signed_by_source(const xdr::TransactionEnvelope& envelope, const NetworkId& network) {
    const auto& account = envelope.get<xdr::EnvelopeType::tx>().tx.source_account;
    if (const auto* muxed = account.find<xdr::CryptoKeyType::muxed_ed25519>())
        return tx::is_signed_by(envelope, network, muxed->ed25519);
    return tx::is_signed_by(envelope, network, account.get<xdr::CryptoKeyType::ed25519>());
}

} // namespace

TEST_CASE("every recorded envelope, result, meta and entry survives", "[unit]") {
    std::size_t transactions = 0;
    for (const auto& scenario : load_scenarios()) {
        CAPTURE(scenario["scenario"]);
        for (const auto& entry : scenario["initial"]["entries"]) entry_survives(entry);
        for (const auto& entry : scenario["final"]) entry_survives(entry);
        for (const auto& step : scenario["steps"]) {
            CAPTURE(step["label"]);
            survives("TransactionEnvelope", step["envelope"]);
            if (step.contains("result")) survives("TransactionResult", step["result"]);
            if (step.contains("meta")) survives("TransactionMeta", step["meta"]);
            ++transactions;
        }
    }
    REQUIRE(transactions == 206);
}

TEST_CASE("every recorded transaction has the hash that the network gave it", "[unit]") {
    for (const auto& scenario : load_scenarios()) {
        const auto network = make_network_id(scenario["passphrase"].get<std::string>());
        for (const auto& step : scenario["steps"]) {
            CAPTURE(scenario["scenario"], step["label"]);
            const auto envelope = tx::parse_envelope_base64(step["envelope"].get<std::string>()).value();
            if (!step.contains("hash")) continue; // refused by simulation, never sent
            REQUIRE(to_hex(tx::hash(envelope, network)) == step["hash"].get<std::string>());
        }
    }
}

TEST_CASE("recorded results read as the codes and fees that the network gave", "[unit]") {
    for (const auto& scenario : load_scenarios())
        for (const auto& step : scenario["steps"]) {
            if (!step.contains("code") || !step.contains("result")) continue;
            CAPTURE(scenario["scenario"], step["label"], step["code"]);
            const auto result = xdr::decode_base64<xdr::TransactionResult>(step["result"].get<std::string>()).value();
            const auto text = tx::read_result(result);
            REQUIRE(tx::to_text(text) == step["code"].get<std::string>());
            if (step.contains("feeCharged")) REQUIRE(text.fee_charged == step["feeCharged"].get<std::int64_t>());
            REQUIRE(text.succeeded() == (step["status"] == "SUCCESS"));
        }
}

TEST_CASE("what the network applied was signed by its source, and not for another network", "[unit]") {
    std::size_t checked = 0;
    const auto elsewhere = make_network_id("another network");
    for (const auto& scenario : load_scenarios()) {
        if (scenario["scenario"] == "authorization" || scenario["scenario"] == "sponsorship") continue; // other signers
        const auto network = make_network_id(scenario["passphrase"].get<std::string>());
        for (const auto& step : scenario["steps"]) {
            const auto envelope = tx::parse_envelope_base64(step["envelope"].get<std::string>()).value();
            if (step.value("status", "") != "SUCCESS" || envelope.type() != xdr::EnvelopeType::tx) continue;
            CAPTURE(scenario["scenario"], step["label"]);
            REQUIRE(is_signed_by_source(envelope, network));
            REQUIRE_FALSE(is_signed_by_source(envelope, elsewhere));
            ++checked;
        }
    }
    REQUIRE(checked > 80);
}
