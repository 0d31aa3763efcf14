// Operations, ids and signatures of contract calls, against what a real network took (soroban_basic).
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/authorize.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/returned.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;

namespace {

const NetworkId k_network = make_network_id("Standalone Network ; February 2017");

json step(const std::string& label) {
    std::ifstream file{PASSA_FIXTURES "/vectors/network/soroban_basic.json"};
    const auto recorded = json::parse(file);
    for (const auto& one : recorded["steps"])
        if (one["label"] == label) return one;
    FAIL("no step " << label);
    return {};
}

xdr::InvokeHostFunctionOp host_call(const std::string& label) {
    const auto text = step(label)["envelope"].get<std::string>();
    const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(text).value();
    const auto& body = envelope.get<xdr::EnvelopeType::tx>().tx.operations.front().body;
    return *body.get<xdr::OperationType::invoke_host_function>();
}

xdr::HostFunction function_of(const xdr::Operation& operation) {
    return operation.body.get<xdr::OperationType::invoke_host_function>()->host_function;
}

SeedSigner signer_of(const std::string& name) { // as the vectors' README says
    auto seed = crypto::sha256(as_bytes("passa-vector:soroban_basic:" + name));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

contract::Returned returned(const std::string& label) {
    const auto meta = step(label)["meta"].get<std::string>();
    return contract::read_returned(xdr::decode_base64<xdr::TransactionMeta>(meta).value());
}

} // namespace

TEST_CASE("a contract's operations are those that a network took", "[unit]") {
    const auto uploaded = host_call("upload").host_function;
    const auto& wasm = uploaded.get<xdr::HostFunctionType::upload_contract_wasm>();
    CHECK(function_of(contract::make_upload(wasm)) == uploaded);

    const auto created = host_call("create").host_function;
    const auto& told = created.get<xdr::HostFunctionType::create_contract_v2>();
    const auto& from = told.contract_id_preimage.get<xdr::ContractIdPreimageType::address>();
    CHECK(function_of(contract::make_create({from.address, from.salt, crypto::sha256(wasm), {}})) == created);
    const auto id = contract::contract_id(from.address, from.salt, k_network);
    CHECK(xdr::to_text(id) == "CADZCFRITWXCCI6PQ6GHTXNMHANQVURMVE5SRNYLH6TLH5CVL5XQBBVY");
    CHECK(function_of(contract::make_invoke({id, "hello", {}})) == host_call("hello").host_function);

    const auto usd = tx::parse_asset("USD:GDR22UXEHMBN5L3LBVP3COMMJEQOU432Q25R6AKI254XVF6KRNYHZLYC").value();
    CHECK(function_of(contract::make_asset_contract(usd)) == host_call("asset contract").host_function);
    CHECK(xdr::to_text(contract::asset_contract_id(usd, k_network)) ==
          "CDSK3PC2GSOH6L2UBTP2QO6EOH7C66X5H3XEND67UL3ITNESFQ6KLV37");
    const auto xlm = tx::parse_asset("XLM").value();
    CHECK(xdr::to_text(contract::asset_contract_id(xlm, k_network)) ==
          "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4");
}

TEST_CASE("an authorisation is signed byte for byte as a network took it", "[unit]") {
    const auto taken = host_call("other account signs auth").auth;
    REQUIRE(taken.size() == 1);
    auto open = taken;
    auto& told = open[0].credentials.get<xdr::SorobanCredentialsType::address>();
    const auto until = told.signature_expiration_ledger;
    told.signature_expiration_ledger = 0;
    told.signature = xdr::ScVal{xdr::ScValType::void_};
    REQUIRE(open != taken);
    CHECK(contract::wants_signature(open[0]));

    auto b = signer_of("b");
    const std::vector<contract::Voucher> vouchers{{{b.public_key()}, {&b, &b}}}; // twice counts once
    REQUIRE(contract::authorize(open, {k_network, until, vouchers}).ok());
    CHECK(open == taken);
    CHECK_FALSE(contract::wants_signature(host_call("pay through contract").auth[0])); // the source's own
}

TEST_CASE("the newer form of an authorisation signs its address, too", "[unit]") {
    auto old = host_call("other account signs auth").auth;
    auto modern = old;
    modern[0].credentials.select<xdr::SorobanCredentialsType::address_v2>() =
        old[0].credentials.get<xdr::SorobanCredentialsType::address>();
    CHECK(contract::authorization_hash(modern[0], k_network) != contract::authorization_hash(old[0], k_network));
    // Type 10 of HashIDPreimage: network, nonce, last ledger, address, invocation.
    const auto& told = modern[0].credentials.get<xdr::SorobanCredentialsType::address_v2>();
    Bytes payload{0, 0, 0, 10};
    const auto add = [&](const Bytes& part) { payload.insert(payload.end(), part.begin(), part.end()); };
    add({k_network.hash.begin(), k_network.hash.end()});
    const auto whole = xdr::encode(told); // address, nonce, last ledger, signature
    const auto address = xdr::encode(told.address);
    add({whole.begin() + static_cast<std::ptrdiff_t>(address.size()),
         whole.begin() + static_cast<std::ptrdiff_t>(address.size() + 12)});
    add(address);
    add(xdr::encode(modern[0].root_invocation));
    CHECK(contract::authorization_hash(modern[0], k_network) == crypto::sha256(payload));
}

TEST_CASE("who is not there, and who delegated, is not signed for", "[unit]") {
    auto entries = host_call("other account signs auth").auth;
    auto a = signer_of("a");
    const std::vector<contract::Voucher> other{{{a.public_key()}, {&a}}};
    const auto unsigned_one = contract::authorize(entries, {k_network, 900, other});
    REQUIRE_FALSE(unsigned_one.ok());
    CHECK(unsigned_one.problem().code == "contract.unsigned");
    CHECK(unsigned_one.problem().message.find("GDRUKFMTNY5KOTFIM53NTVLYHPIVLECXK6TU6MBCDL6T7LNVRWKINSM2") !=
          std::string::npos);
    xdr::SorobanAddressCredentialsWithDelegates delegated;
    delegated.address_credentials = entries[0].credentials.get<xdr::SorobanCredentialsType::address>();
    entries[0].credentials.select<xdr::SorobanCredentialsType::address_with_delegates>() = delegated;
    CHECK(contract::authorize(entries, {k_network, 900, other}).problem().code == "contract.delegated");
}

TEST_CASE("what a call returned and told stands in the ledger's record", "[unit]") {
    const auto hello = returned("hello");
    REQUIRE(hello.value);
    CHECK(xdr::to_json_text(*hello.value) == R"({"symbol":"hi"})");
    CHECK(hello.events.empty());
    const auto paid = returned("pay through contract");
    REQUIRE(paid.events.size() == 1);
    CHECK(xdr::to_text(*paid.events[0].contract_id) == "CDSK3PC2GSOH6L2UBTP2QO6EOH7C66X5H3XEND67UL3ITNESFQ6KLV37");
    CHECK(returned("upload").rent > 0);
    CHECK_FALSE(returned("mint classic").value);
}
