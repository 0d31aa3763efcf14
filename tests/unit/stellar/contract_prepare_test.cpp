// From a call to what is sent, over a scripted server: what it says is checked before anybody signs.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/prepare.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/submit.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

SeedSigner signer_of(const std::string& name) {
    auto seed = crypto::sha256(as_bytes(name));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

json fees_of(const char* p90) {
    json fees{{"max", p90}, {"min", "100"}, {"mode", "100"}, {"transactionCount", "7"}, {"ledgerCount", 5}};
    for (const auto* part : {"p10", "p20", "p30", "p40", "p50", "p60", "p70", "p80", "p90", "p95", "p99"})
        fees[part] = p90;
    return fees;
}

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'000}}};
    rpc::Client client{rpc, clock, test::standalone_servers({"http://127.0.0.1:8000"})};
    SeedSigner payer = signer_of("payer"), party = signer_of("party");
    xdr::AccountId source{payer.public_key()};
    contract::Call call{source, contract::make_invoke({{Hash256{7}}, "pay", {}})};
    std::vector<json> asked; // the simulations

    World() {
        const xdr::LedgerEntryData data{xdr::as<xdr::LedgerEntryType::account>,
                                        xdr::AccountEntry{.account_id = source, .balance = 1, .seq_num = 41}};
        rpc.always(
            "getLedgerEntries",
            {{"latestLedger", 200},
             {"entries",
              {{{"key", to_base64(xdr::encode(rpc::account_key(source)))}, {"xdr", to_base64(xdr::encode(data))}}}}});
        rpc.always(
            "getFeeStats",
            {{"sorobanInclusionFee", fees_of("250")}, {"inclusionFee", fees_of("100000")}, {"latestLedger", 200}});
        answer(simulation({}));
    }

    // The parties given must sign; the source's own goes without.
    [[nodiscard]] json simulation(std::vector<xdr::SorobanAuthorizationEntry> auth, const char* fee = "70000") const {
        std::vector<std::string> texts;
        for (const auto& entry : auth) texts.push_back(to_base64(xdr::encode(entry)));
        xdr::SorobanTransactionData data;
        data.resources.instructions = 5;
        data.resources.footprint.read_write.push_back(contract::instance_key({Hash256{7}}));
        return {{"transactionData", to_base64(xdr::encode(data))},
                {"minResourceFee", fee},
                {"latestLedger", 999'999},
                {"results", {{{"auth", texts}, {"xdr", to_base64(xdr::encode(xdr::ScVal{xdr::ScValType::void_}))}}}}};
    }
    [[nodiscard]] xdr::SorobanAuthorizationEntry wish(const char* function = "pay") const {
        xdr::SorobanAuthorizationEntry entry;
        auto& told = entry.credentials.select<xdr::SorobanCredentialsType::address_v2>();
        told.address = contract::to_address(xdr::AccountId{party.public_key()});
        told.nonce = 77;
        auto& asked_for = entry.root_invocation.function.select<xdr::SorobanAuthorizedFunctionType::contract_fn>();
        asked_for.contract_address = contract::to_address(xdr::ContractId{Hash256{7}});
        asked_for.function_name = {std::string{function}};
        return entry;
    }
    void answer(const json& told) {
        rpc.on("simulateTransaction", [this, told](const json& params) {
            asked.push_back(params);
            return ScriptedRpc::result(told);
        });
    }
    Result<tx::Ready> prepare(const contract::Terms& terms = {}, std::vector<contract::Voucher> others = {}) {
        return contract::make_ready(client, call, {payer, others}, terms);
    }
    std::string code(const contract::Terms& terms = {}) {
        const auto ready = prepare(terms);
        return ready ? "none" : ready.problem().code;
    }
};

const xdr::Transaction& transaction_of(const tx::Ready& ready) {
    return ready.envelope.get<xdr::EnvelopeType::tx>().tx;
}

} // namespace

TEST_CASE("a call carries what its simulation found, and a fifth more for rent", "[unit]") {
    World world;
    const auto ready = world.prepare().value();
    const auto& transaction = transaction_of(ready);
    const auto& data = transaction.ext.get<1>();
    CHECK(data.resources.instructions == 5);
    CHECK(data.resource_fee == 84'000);
    CHECK(transaction.fee == 84'250); // and the bid of its own lane
    CHECK(ready.fee == 84'250);
    CHECK(transaction.seq_num == 42);
    CHECK(tx::is_signed_by(ready.envelope, world.client.network_id(), world.payer.public_key()));
    CHECK(tx::make_pending(ready.envelope, world.client.network_id(), ready.first_ledger).ok());
    REQUIRE(world.asked.size() == 1);
    CHECK_FALSE(world.asked[0].contains("authMode"));
    world.answer(world.simulation({}, "20000"));
    CHECK(transaction_of(world.prepare().value()).ext.get<1>().resource_fee == 30'000); // at least 10,000 more
}

TEST_CASE("who must authorise signs, and the call is tried with the signatures before it is sent", "[unit]") {
    World world;
    world.answer(world.simulation({world.wish()}));
    CHECK(world.code() == "contract.unsigned");
    world.asked.clear();
    const auto ready = world.prepare({}, {{{world.party.public_key()}, {&world.party}}}).value();
    REQUIRE(world.asked.size() == 2);
    CHECK(world.asked[1]["authMode"] == "enforce");
    const auto tried = tx::parse_envelope_base64(world.asked[1]["transaction"].get<std::string>()).value();
    const auto host_call_of = [](const xdr::TransactionEnvelope& envelope) {
        return *envelope.get<xdr::EnvelopeType::tx>()
                    .tx.operations[0]
                    .body.get<xdr::OperationType::invoke_host_function>();
    };
    const auto& sent = host_call_of(ready.envelope);
    CHECK(host_call_of(tried) == sent);
    REQUIRE(sent.auth.size() == 1);
    const auto& told = sent.auth[0].credentials.get<xdr::SorobanCredentialsType::address_v2>();
    CHECK(told.signature_expiration_ledger == 260); // by the account's ledger, not by what the simulation says
    CHECK(told.signature.type() == xdr::ScValType::vec);
}

TEST_CASE("a server that asks for a signature under another call gets none", "[unit]") {
    World world;
    world.answer(world.simulation({world.wish("withdraw_all")}));
    CHECK(world.code() == "rpc.not_rpc");
    auto no_value = world.simulation({});
    no_value.erase("results");
    world.answer(no_value);
    CHECK(world.code() == "rpc.not_rpc");
    auto broken = world.simulation({});
    broken["transactionData"] = "AAAA";
    world.answer(broken);
    CHECK(world.code() == "rpc.not_rpc");
}

TEST_CASE("a call that costs more than is allowed is not signed", "[unit]") {
    World world;
    CHECK(world.code({.most_fee = 84'250}) == "none");
    CHECK(world.code({.most_fee = 84'249}) == "contract.fee");
    world.answer(world.simulation({}, "9223372036854775807"));
    CHECK(world.code() == "contract.fee");
    CHECK(world.code({.most_fee = std::numeric_limits<std::int64_t>::max()}) == "contract.fee");
    world.answer(world.simulation({}, "4294967295"));
    CHECK(world.code({.most_fee = std::numeric_limits<std::int64_t>::max()}) == "none"); // in a fee bump
    world.answer(world.simulation({}, "1099511627777"));
    CHECK(world.code({.most_fee = std::numeric_limits<std::int64_t>::max()}) == "contract.fee");
}

TEST_CASE("what is archived is told, and a refusal comes in the contract's words", "[unit]") {
    World world;
    auto archived = world.simulation({});
    archived["restorePreamble"] = {{"transactionData", archived["transactionData"]}, {"minResourceFee", "5"}};
    world.answer(archived);
    CHECK(world.code() == "contract.archived");

    contract::Spec spec;
    spec.errors["Error"].cases.push_back({{"the escrow is empty"}, {"NotFunded"}, 3});
    world.answer({{"error", "HostError: Error(Contract, #3)\n\nEvent log"}, {"latestLedger", 9}});
    world.call.spec = &spec;
    const auto told = contract::simulate(world.client, world.call, contract::Auth::record);
    REQUIRE_FALSE(told.ok());
    CHECK(told.problem().code == "contract.refused");
    CHECK(told.problem().message == "the call would fail: NotFunded (3): the escrow is empty");
    CHECK(contract::explain_failure("HostError: Error(Contract, #3", &spec) == "HostError: Error(Contract, #3");
    CHECK(contract::explain_failure("HostError: Error(Contract, #3)", nullptr) == "HostError: Error(Contract, #3)");
    CHECK(contract::explain_failure("HostError: Error(Contract, #99999999999)", &spec) ==
          "HostError: Error(Contract, #99999999999)");
}

TEST_CASE("extend and restore say themselves what they touch", "[unit]") {
    World world;
    world.call.operation = contract::make_extend(500);
    world.call.footprint.read_only.push_back(contract::instance_key({Hash256{7}}));
    auto told = world.simulation({});
    told.erase("results");
    world.answer(told);
    CHECK(world.code() == "none");
    const auto asked = tx::parse_envelope_base64(world.asked[0]["transaction"].get<std::string>()).value();
    CHECK(asked.get<xdr::EnvelopeType::tx>().tx.ext.get<1>().resources.footprint == world.call.footprint);
}

TEST_CASE("what costs more than the fee field holds goes in a fee bump, signed twice", "[unit]") {
    World world;
    world.answer(world.simulation({}, "4294967000"));
    CHECK(world.code() == "contract.fee");
    const contract::Terms terms{.most_fee = 10'000'000'000};
    const auto ready = world.prepare(terms).value();
    const auto id = world.client.network_id();
    const auto* bump = ready.envelope.find<xdr::EnvelopeType::tx_fee_bump>();
    REQUIRE(bump != nullptr);
    const auto& inner = bump->tx.inner_tx.get<xdr::EnvelopeType::tx>();
    CHECK(inner.tx.fee == 4'294'967'295U);
    CHECK(inner.tx.ext.get<1>().resource_fee == 4'294'967'000 + 858'993'400);
    CHECK(bump->tx.fee == 4'294'967'000 + 858'993'400 + 500); // the bid of two operations
    CHECK(ready.fee == bump->tx.fee);
    CHECK(tx::is_signed_by(ready.envelope, id, world.payer.public_key()));
    CHECK(tx::is_signed_by(xdr::TransactionEnvelope{xdr::as<xdr::EnvelopeType::tx>, inner}, id,
                           world.payer.public_key()));
    const auto pending = tx::make_pending(ready.envelope, id, ready.first_ledger).value();
    CHECK((pending.sequence == 42 && pending.source == world.source));
    CHECK(contract::make_unsigned(world.client, world.call, {}, terms).problem().code == "contract.fee_bump");
}

TEST_CASE("the largest sum that the fee field holds is sent plain", "[unit]") {
    World world;
    const contract::Terms terms{.most_fee = 10'000'000'000};
    world.answer(world.simulation({}, "3579139204")); // and a fifth, and 250: 4,294,967,294
    CHECK(world.prepare(terms).value().envelope.type() == xdr::EnvelopeType::tx);
    world.answer(world.simulation({}, "3579139206")); // 4,294,967,297
    CHECK(world.prepare(terms).value().envelope.type() == xdr::EnvelopeType::tx_fee_bump);
}
