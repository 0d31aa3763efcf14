// Building, fees, signing and fee bumps.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/support/xdr_random.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using xdr::EnvelopeType;

namespace {

SeedSigner signer_of(std::string_view name) {
    auto seed = crypto::sha256(as_bytes(name));
    return SeedSigner::from_seed(Secret::take(seed)).value_or_throw();
}

xdr::MuxedAccount account_of(const Signer& signer) { return tx::to_muxed({signer.public_key()}); }

tx::Plan plan_of(std::size_t payments, const Signer& source) {
    tx::Plan plan{.source = account_of(source), .sequence = 42, .fee = static_cast<std::int64_t>(payments) * 100};
    for (std::size_t i = 0; i < payments; ++i)
        plan.operations.push_back(tx::make_payment(
            {.destination = account_of(source), .asset = tx::parse_asset("XLM").value(), .stroops = 1}));
    return plan;
}

const NetworkId k_network = make_network_id("Standalone Network ; February 2017");

} // namespace

TEST_CASE("a transaction hashes as the signature payload of the protocol", "[unit]") {
    const auto source = signer_of("source");
    const auto envelope = tx::make_transaction(plan_of(3, source)).value();
    xdr::TransactionSignaturePayload payload{
        k_network.hash, xdr::TransactionSignaturePayloadTaggedTransaction{xdr::as<EnvelopeType::tx>,
                                                                          envelope.get<EnvelopeType::tx>().tx}};
    REQUIRE(tx::hash(envelope, k_network) == crypto::sha256(xdr::encode(payload)));
}

TEST_CASE("any transaction or fee bump hashes as its signature payload", "[unit][prop]") {
    SeededRandom random{7};
    const auto& shape = shape_of(static_cast<xdr::TransactionSignaturePayloadTaggedTransaction*>(nullptr));
    for (int round = 0; round < 300; ++round) {
        xdr::TransactionSignaturePayload payload{k_network.hash, {}};
        test::randomise(shape, &payload.tagged_transaction, random);
        xdr::TransactionEnvelope envelope;
        if (const auto* plain = payload.tagged_transaction.find<EnvelopeType::tx>())
            envelope.select<EnvelopeType::tx>().tx = *plain;
        else
            envelope.select<EnvelopeType::tx_fee_bump>().tx =
                payload.tagged_transaction.get<EnvelopeType::tx_fee_bump>();
        CAPTURE(round);
        REQUIRE(tx::hash(envelope, k_network) == crypto::sha256(xdr::encode(payload)));
    }
}

TEST_CASE("a signature is found again, once, and only for its network and key", "[unit]") {
    auto source = signer_of("source");
    const auto other = signer_of("other");
    auto envelope = tx::make_transaction(plan_of(1, source)).value();
    REQUIRE_FALSE(tx::is_signed_by(envelope, k_network, source.public_key()));
    tx::sign(envelope, k_network, source);
    tx::sign(envelope, k_network, source);
    REQUIRE(envelope.get<EnvelopeType::tx>().signatures.size() == 1);
    REQUIRE(tx::is_signed_by(envelope, k_network, source.public_key()));
    REQUIRE_FALSE(tx::is_signed_by(envelope, k_network, other.public_key()));
    REQUIRE_FALSE(tx::is_signed_by(envelope, make_network_id("other"), source.public_key()));
    REQUIRE(tx::parse_envelope(tx::envelope_bytes(envelope)).value() == envelope);
    envelope.get<EnvelopeType::tx>().tx.fee += 1;
    REQUIRE_FALSE(tx::is_signed_by(envelope, k_network, source.public_key()));
}

TEST_CASE("a transaction carries at most 20 signatures", "[unit]") {
    auto source = signer_of("source");
    auto envelope = tx::make_transaction(plan_of(1, source)).value();
    for (int i = 0; i < 20; ++i) {
        auto signer = signer_of(fmt::format("signer {}", i));
        tx::sign(envelope, k_network, signer);
    }
    REQUIRE_THROWS_AS(tx::sign(envelope, k_network, source), Error);
}

TEST_CASE("plans that the network would refuse are refused here", "[unit]") {
    const auto source = signer_of("source");
    const auto code = [](tx::Plan plan) { return tx::make_transaction(std::move(plan)).problem().code; };
    REQUIRE(code(plan_of(0, source)) == "tx.operations");
    REQUIRE(code(plan_of(101, source)) == "tx.operations");
    auto plan = plan_of(2, source);
    plan.fee = 199;
    REQUIRE(code(plan) == "tx.fee_too_small");
    plan.fee = std::int64_t{1} << 32;
    REQUIRE(code(plan) == "tx.fee_too_large");
    plan.fee = 200;
    plan.sequence = 0;
    REQUIRE(code(plan) == "tx.sequence");
    REQUIRE(tx::make_memo(std::string(29, 'm')).problem().code == "memo.too_long");
    for (const char* bad : {"id:", "id:-1", "id:5 ", "id:18446744073709551616", "hash:", "hash:00ff"})
        REQUIRE(tx::make_memo(bad).problem().code == "memo.form");
    REQUIRE(*tx::make_memo("id:18446744073709551615").value().find<xdr::MemoType::id>() == UINT64_MAX);
    REQUIRE(tx::make_memo("hash:" + std::string(64, 'f')).value().find<xdr::MemoType::hash>()->front() == 0xFF);
    REQUIRE(*tx::make_memo("rent id:5").value().find<xdr::MemoType::text>() == "rent id:5");
    REQUIRE(tx::make_expiry(0).problem().code == "tx.no_end");
}

TEST_CASE("fees are computed in 64 bits", "[unit]") {
    REQUIRE(tx::total_fee(100, 100).value() == 10'000);
    REQUIRE(tx::total_fee(42'949'672, 100).value() == 4'294'967'200U);
    REQUIRE(tx::total_fee(42'949'673, 100).problem().code == "tx.fee_too_large");
    REQUIRE(tx::total_fee(std::int64_t{1} << 62, 100).problem().code == "tx.fee_too_large");
    REQUIRE(tx::total_fee(99, 1).problem().code == "tx.fee_too_small");
}

TEST_CASE("a fee bump bids for one operation more, at no lower a rate", "[unit]") {
    auto source = signer_of("source");
    auto payer = signer_of("payer");
    auto plan = plan_of(3, source);
    plan.fee = 600; // 200 each
    auto inner = tx::make_transaction(plan).value();
    tx::sign(inner, k_network, source);
    const auto bump = [&](std::int64_t fee) { return tx::make_fee_bump(account_of(payer), fee, inner); };
    REQUIRE(bump(399).problem().code == "tx.fee_too_small");
    REQUIRE(bump(799).problem().code == "tx.fee_too_small");
    auto outer = bump(800).value();
    tx::sign(outer, k_network, payer);
    REQUIRE(tx::is_signed_by(outer, k_network, payer.public_key()));
    REQUIRE(tx::inner_hash(outer, k_network) == tx::hash(inner, k_network));
    REQUIRE(tx::hash(outer, k_network) != tx::hash(inner, k_network));
    REQUIRE(tx::make_fee_bump(account_of(payer), 10'000, outer).problem().code == "tx.fee_bump");
}

TEST_CASE("a V0 transaction has the hash of the V1 transaction that it stands for", "[unit]") {
    auto source = signer_of("source");
    const auto modern = tx::make_transaction(plan_of(2, source)).value();
    const auto& transaction = modern.get<EnvelopeType::tx>().tx;
    xdr::TransactionV0 old;
    old.source_account_ed25519 = source.public_key();
    old.fee = transaction.fee;
    old.seq_num = transaction.seq_num;
    old.operations = transaction.operations;
    const xdr::TransactionEnvelope envelope{xdr::as<EnvelopeType::tx_v0>, xdr::TransactionV0Envelope{old, {}}};
    REQUIRE(tx::hash(envelope, k_network) == tx::hash(modern, k_network));
}

TEST_CASE("assets read and write as people write them", "[unit]") {
    const std::string issuer = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
    for (const auto& text : {std::string{"XLM"}, "USDC:" + issuer, "TICKETS:" + issuer})
        REQUIRE(tx::to_text(tx::parse_asset(text).value()) == text);
    REQUIRE(tx::parse_asset("native").value() == tx::parse_asset("XLM").value());
    for (const auto& bad : {std::string{"USDC"}, ":" + issuer, "TOOLONGACODE1:" + issuer, "U$D:" + issuer})
        REQUIRE(tx::parse_asset(bad).problem().code == "asset.code");
    REQUIRE(tx::parse_asset("USDC:GABC").problem().code == "strkey.invalid");
}

TEST_CASE("a transaction takes twenty signatures and no more", "[unit]") {
    const auto source = signer_of("source");
    auto envelope = tx::make_transaction(plan_of(1, source)).value();
    const auto sign = [&](std::size_t n) {
        auto signer = signer_of(fmt::format("signer {}", n));
        tx::sign(envelope, k_network, signer);
    };
    for (std::size_t n = 0; n < tx::k_max_signatures; ++n) sign(n);
    REQUIRE_NOTHROW(sign(3)); // the same again is not another
    try {
        sign(200);
        FAIL("accepted");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "tx.signatures");
    }
}
