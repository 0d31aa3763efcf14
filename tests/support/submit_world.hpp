// One signed transaction and a scripted network, for tests of what becomes of it.
#pragma once
#include "lib/crypto/hash.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/submit.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/scripted_rpc.hpp"

namespace passa::test::submit {

using namespace passa::stellar;
using nlohmann::json;

inline constexpr std::int64_t k_until = 1'795'230'400;
inline constexpr std::uint32_t k_first_ledger = 100;
inline const NetworkId k_network = make_network_id(test::k_standalone);

inline SeedSigner make_signer() {
    auto seed = crypto::sha256(as_bytes("submit test"));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

inline xdr::TransactionEnvelope make_envelope(std::optional<std::uint64_t> until = k_until) {
    auto signer = make_signer();
    tx::Plan plan{.source = tx::to_muxed({signer.public_key()}), .sequence = 42, .fee = 100};
    if (until) plan.preconditions = tx::make_expiry(*until).value();
    plan.operations.push_back(tx::make_bump_sequence(0));
    auto envelope = tx::make_transaction(plan).value();
    tx::sign(envelope, k_network, signer);
    return envelope;
}

inline json not_found(std::int64_t latest_close, std::uint32_t oldest = 1, std::uint32_t latest = 200) {
    return {{"status", "NOT_FOUND"},
            {"latestLedger", latest},
            {"latestLedgerCloseTime", std::to_string(latest_close)},
            {"oldestLedger", oldest},
            {"oldestLedgerCloseTime", "1795220000"}};
}

inline std::string result_base64(xdr::TransactionResultCode code) {
    xdr::TransactionResult result{.fee_charged = 100};
    if (code == xdr::TransactionResultCode::tx_success)
        result.result.select<xdr::TransactionResultCode::tx_success>();
    else if (code == xdr::TransactionResultCode::tx_failed)
        result.result.select<xdr::TransactionResultCode::tx_failed>();
    else
        result.result = xdr::TransactionResultResult{code};
    return to_base64(xdr::encode(result));
}

inline json found(const char* status, xdr::TransactionResultCode code) {
    auto answer = not_found(k_until);
    answer["status"] = status;
    answer["ledger"] = 150;
    answer["createdAt"] = "1795230390";
    answer["resultXdr"] = result_base64(code);
    answer["envelopeXdr"] = tx::envelope_base64(make_envelope());
    return answer;
}

inline json sent(const char* status, std::optional<xdr::TransactionResultCode> code = {}) {
    json answer{{"status", status}, {"hash", ""}, {"latestLedger", 120}, {"latestLedgerCloseTime", "1795230300"}};
    if (code) answer["errorResultXdr"] = result_base64(*code);
    return answer;
}

inline json account_at(std::int64_t sequence, std::uint32_t ledger) {
    const auto signer = make_signer();
    const xdr::AccountId id{signer.public_key()};
    const xdr::LedgerEntryData data{xdr::as<xdr::LedgerEntryType::account>,
                                    xdr::AccountEntry{.account_id = id, .balance = 1, .seq_num = sequence}};
    return {
        {"latestLedger", ledger},
        {"entries", {{{"key", to_base64(xdr::encode(rpc::account_key(id)))}, {"xdr", to_base64(xdr::encode(data))}}}}};
}

inline json listed(const xdr::TransactionEnvelope& envelope, std::uint32_t ledger, std::int64_t closed = k_until - 30) {
    auto line = found("SUCCESS", xdr::TransactionResultCode::tx_success);
    line["ledger"] = ledger;
    line["createdAt"] = closed;
    line["applicationOrder"] = 1;
    line["envelopeXdr"] = tx::envelope_base64(envelope);
    line["txHash"] = to_hex(tx::hash(envelope, k_network));
    return line;
}

inline json list(std::vector<json> lines, std::uint32_t oldest = 1, std::int64_t latest_close = k_until + 11) {
    return {{"transactions", std::move(lines)},
            {"latestLedger", 200},
            {"latestLedgerCloseTimestamp", latest_close},
            {"oldestLedger", oldest},
            {"oldestLedgerCloseTimestamp", 1'795'220'000},
            {"cursor", "c"}};
}

inline const std::vector<std::string> k_two{"http://127.0.0.1:1", "http://127.0.0.1:2"};

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{k_until - 60}}};
    rpc::Client client;
    tx::Pending pending = tx::make_pending(make_envelope(), k_network, k_first_ledger).value();
    explicit World(const std::vector<std::string>& urls = {"http://127.0.0.1:8000"})
        : client{rpc, clock, test::standalone_servers(urls)} {
        rpc.always("getTransaction", not_found(k_until - 60));
        rpc.always("getLedgerEntries", account_at(41, 200));                            // its number is not used
        rpc.always("getTransactions", list({listed(make_envelope(k_until + 1), 120)})); // but by another, if it is
        rpc.always("getHealth", {{"status", "healthy"},
                                 {"latestLedger", 200},
                                 {"oldestLedger", 1},
                                 {"latestLedgerCloseTime", std::to_string(k_until - 61)}});
    }

    tx::Finding find() { return tx::find_transaction(client, pending); }
    tx::Finding send() { return tx::send_transaction(client, pending); }
    void let_it_expire() { clock.advance(std::chrono::minutes{5}); } // by our own clock
};

} // namespace passa::test::submit
