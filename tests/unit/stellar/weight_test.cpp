// Who has signed, against what accounts ask for; and what a signer reads before. Weights as stellar-core counts them.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/weight.hpp"
#include "lib/stellar/words.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "tests/support/scripted_rpc.hpp"
#include "tests/support/xdr_random.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using test::ScriptedRpc;

namespace {

SeedSigner signer_of(std::string_view name) {
    auto seed = crypto::sha256(as_bytes(name));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

struct World {
    ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'000}}};
    rpc::Client client{rpc, clock, test::standalone_servers({"http://127.0.0.1:8000"})};
    SeedSigner source = signer_of("source"), ann = signer_of("ann"), ben = signer_of("ben");
    xdr::AccountEntry account{.account_id = {source.public_key()}, .thresholds = {1, 1, 2, 3}};

    World() {
        account.signers.push_back({xdr::SignerKey{xdr::as<xdr::SignerKeyType::ed25519>, ann.public_key()}, 1});
        account.signers.push_back({xdr::SignerKey{xdr::as<xdr::SignerKeyType::ed25519>, ben.public_key()}, 300});
    }
    [[nodiscard]] xdr::TransactionEnvelope make(xdr::Operation operation) const {
        tx::Plan plan{.source = tx::to_muxed({source.public_key()}), .sequence = 42, .fee = 100};
        plan.preconditions = tx::make_expiry(1'795'230'600).value();
        plan.operations = {std::move(operation)};
        return tx::make_transaction(std::move(plan)).value();
    }
    [[nodiscard]] xdr::TransactionEnvelope payment() const {
        return make(tx::make_payment({tx::to_muxed({ann.public_key()}), tx::parse_asset("XLM").value(), 50'000'000}));
    }
    tx::Weighed weigh(const xdr::TransactionEnvelope& envelope) {
        const xdr::LedgerEntryData data{xdr::as<xdr::LedgerEntryType::account>, account};
        rpc.always("getLedgerEntries", {{"latestLedger", 200},
                                        {"entries",
                                         {{{"key", to_base64(xdr::encode(rpc::account_key(account.account_id)))},
                                           {"xdr", to_base64(xdr::encode(data))}}}}});
        return tx::weigh(client, envelope).value_or_throw();
    }
    void sign(xdr::TransactionEnvelope& envelope, SeedSigner& signer) {
        tx::sign(envelope, client.network_id(), signer);
    }
};

} // namespace

TEST_CASE("signatures are weighed against the highest level that is asked for", "[stellar][tx]") {
    World world;
    auto pay = world.payment();
    CHECK_FALSE(world.weigh(pay).is_enough());
    world.sign(pay, world.ann);
    CHECK(world.weigh(pay).accounts.at(0).weight == 1);
    CHECK_FALSE(world.weigh(pay).is_enough()); // 1 of 2
    world.sign(pay, world.source);
    CHECK(world.weigh(pay).is_enough());
    auto close = world.make(tx::make_account_merge(tx::to_muxed({world.ann.public_key()})));
    world.sign(close, world.source);
    world.sign(close, world.ann);
    CHECK_FALSE(world.weigh(close).is_enough()); // 2 of 3
    auto bump = world.make(tx::make_bump_sequence(99));
    world.sign(bump, world.ann);
    CHECK(world.weigh(bump).is_enough()); // 1 of 1
    world.account.thresholds = {1, 0, 0, 0};
    CHECK_FALSE(world.weigh(world.payment()).is_enough()); // nobody at all
}

TEST_CASE("a weight is at most 255, and who is no signer is a stranger", "[stellar][tx]") {
    World world;
    auto pay = world.payment();
    world.sign(pay, world.ben);
    CHECK(world.weigh(pay).accounts.at(0).weight == 255);
    auto stranger = signer_of("stranger");
    world.sign(pay, stranger);
    CHECK(world.weigh(pay).strangers == 1);
    CHECK_FALSE(world.weigh(pay).is_enough());
}

TEST_CASE("the same signature twice is a stranger's", "[stellar][tx]") {
    World world;
    auto pay = world.payment();
    world.sign(pay, world.ben);
    auto& signatures = pay.get<xdr::EnvelopeType::tx>().signatures;
    auto again = signatures[0];
    signatures.push_back(again);
    CHECK(world.weigh(pay).strangers == 1);
}

TEST_CASE("a fee bump is weighed by nobody here", "[stellar][tx]") {
    World world;
    const auto bump = tx::make_fee_bump(tx::to_muxed({world.ann.public_key()}), 400, world.payment()).value_or_throw();
    CHECK(tx::weigh(world.client, bump).problem().code == "tx.not_plain");
}

TEST_CASE("a hash known before, a preimage and a signed payload count", "[stellar][tx]") {
    World world;
    auto pay = world.payment();
    world.account.signers.clear();
    const Bytes secret{1, 2, 3};
    const auto add = [&](xdr::SignerKey key) { world.account.signers.push_back({std::move(key), 1}); };
    add(xdr::SignerKey{xdr::as<xdr::SignerKeyType::pre_auth_tx>, tx::hash(pay, world.client.network_id())});
    add(xdr::SignerKey{xdr::as<xdr::SignerKeyType::hash_x>, crypto::sha256(secret)});
    xdr::SignerKeyEd25519SignedPayload payload{world.ann.public_key(), {7, 7}};
    add(xdr::SignerKey{xdr::as<xdr::SignerKeyType::ed25519_signed_payload>, payload});
    CHECK(world.weigh(pay).accounts.at(0).weight == 1);
    auto& signatures = pay.get<xdr::EnvelopeType::tx>().signatures;
    signatures.push_back({{}, secret});
    CHECK(world.weigh(pay).accounts.at(0).weight == 2);
    auto seed = crypto::sha256(as_bytes("ann"));
    const auto by_ann = crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw().sign(Bytes{7, 7});
    signatures.push_back({{}, xdr::Signature(by_ann.begin(), by_ann.end())});
    CHECK(world.weigh(pay).accounts.at(0).weight == 3);
    CHECK(world.weigh(pay).is_enough());
}

TEST_CASE("signatures of the same transaction come together, of another they do not", "[stellar][tx]") {
    World world;
    const auto id = world.client.network_id();
    auto first = world.payment(), second = first;
    world.sign(first, world.ann);
    world.sign(second, world.source);
    CHECK(tx::add_signatures(first, second, id).ok());
    CHECK(tx::add_signatures(first, second, id).ok());
    CHECK(first.get<xdr::EnvelopeType::tx>().signatures.size() == 2);
    CHECK(world.weigh(first).is_enough());
    CHECK(tx::add_signatures(first, world.make(tx::make_bump_sequence(99)), id).problem().code == "tx.another");
}

TEST_CASE("a signer reads what it does, who pays and until when", "[stellar][tx]") {
    World world;
    const auto words = words_of(world.payment());
    CHECK(words.source == xdr::to_text(xdr::AccountId{world.source.public_key()}));
    CHECK(words.sequence == 42);
    CHECK(words.fee == money::Amount{100, {"XLM", 7}});
    CHECK(words.valid_until == Instant{std::chrono::seconds{1'795'230'600}});
    REQUIRE(words.does.size() == 1);
    CHECK(words.does[0] == "pay 5.0000000 XLM to " + xdr::to_text(xdr::AccountId{world.ann.public_key()}));
    CHECK(words_of(world.make(tx::make_manage_data("name", Bytes{0x1b, '[', '2', 'J'}))).does[0].find('\x1b') ==
          std::string::npos);
}

TEST_CASE("nothing of a call is cut, whoever authorises it is named, and conditions are told", "[stellar][tx]") {
    World world;
    xdr::ScVec values;
    for (int i = 0; i < 50; ++i)
        values.push_back(
            xdr::ScVal{xdr::as<xdr::ScValType::address>, contract::to_address(xdr::AccountId{world.ann.public_key()})});
    values.push_back(
        xdr::ScVal{xdr::as<xdr::ScValType::address>, contract::to_address(xdr::AccountId{world.ben.public_key()})});
    auto operation = contract::make_invoke({{Hash256{7}}, "pay", values});
    auto& call = *operation.body.get<xdr::OperationType::invoke_host_function>();
    xdr::SorobanAuthorizationEntry entry;
    entry.credentials.select<xdr::SorobanCredentialsType::address_v2>().address =
        contract::to_address(xdr::AccountId{world.ann.public_key()});
    auto& root = entry.root_invocation.function.select<xdr::SorobanAuthorizedFunctionType::contract_fn>();
    root.contract_address = contract::to_address(xdr::ContractId{Hash256{7}});
    root.function_name = {"pay"};
    const auto one = entry.root_invocation;
    for (int i = 0; i < 150; ++i) entry.root_invocation.sub_invocations.push_back(one);
    call.auth.push_back(entry);
    const auto envelope = world.make(operation);
    const auto words = words_of(envelope);
    const auto ann = xdr::to_text(xdr::AccountId{world.ann.public_key()});
    CHECK(words.does.at(0).find(xdr::to_text(xdr::AccountId{world.ben.public_key()})) != std::string::npos);
    CHECK(words.does.size() > 150);
    CHECK(words.does.at(1).starts_with(fmt::format("> {} authorises: call ", ann)));
    CHECK(parties_of(envelope).back() == xdr::AccountId{world.ann.public_key()});
    auto bounded = world.payment();
    auto& more = bounded.get<xdr::EnvelopeType::tx>().tx.cond.select<xdr::PreconditionType::v2>();
    more.min_seq_age = 7;
    CHECK(words_of(bounded).conditions.find("min_seq_age") != std::string::npos);
    const auto bump = tx::make_fee_bump(tx::to_muxed({world.ann.public_key()}), 400, world.payment()).value_or_throw();
    CHECK(words_of(bump).does.at(0).find("fee bump") != std::string::npos);
}

TEST_CASE("any transaction can be said in words, and nothing of it steers a terminal", "[stellar][tx][prop]") {
    SeededRandom random{11};
    const auto& shape = shape_of(static_cast<xdr::TransactionEnvelope*>(nullptr));
    for (int round = 0; round < 300; ++round) {
        xdr::TransactionEnvelope envelope;
        test::randomise(shape, &envelope, random);
        const auto words = words_of(envelope);
        for (const auto& line : words.does)
            for (const char c : line) REQUIRE(static_cast<unsigned char>(c) >= 0x20);
        for (const char c : words.memo) REQUIRE(static_cast<unsigned char>(c) >= 0x20);
    }
}
