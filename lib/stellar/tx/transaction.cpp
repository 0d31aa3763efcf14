// Making, signing and reading transactions.
#include "lib/stellar/tx/transaction.hpp"

#include "lib/money/int128.hpp"
#include "lib/stellar/words.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <algorithm>
#include <limits>

namespace passa::stellar::tx {
namespace {

using xdr::as;
using xdr::EnvelopeType;

constexpr xdr::Limits k_envelope_limits{.bytes = 1U << 20U};

Problem fee_problem(std::string_view code, std::string message) {
    return {Kind::invalid_input, std::string{code}, std::move(message), "raise or lower the fee bid"};
}

template <typename Envelope> // const or not
auto& signatures_of(Envelope& envelope) {
    if (auto* v0 = envelope.template find<EnvelopeType::tx_v0>()) return v0->signatures;
    if (auto* bump = envelope.template find<EnvelopeType::tx_fee_bump>()) return bump->signatures;
    return envelope.template get<EnvelopeType::tx>().signatures;
}

void add_signature(xdr::TransactionEnvelope& envelope, const xdr::DecoratedSignature& decorated) {
    auto& signatures = signatures_of(envelope);
    if (std::find(signatures.begin(), signatures.end(), decorated) != signatures.end()) return;
    if (signatures.size() == k_max_signatures)
        throw Error{Problem{Kind::refused, "tx.signatures",
                            fmt::format("a transaction carries at most {} signatures", k_max_signatures), ""}};
    signatures.push_back(decorated);
}

ToSign shown(const xdr::TransactionEnvelope& envelope, const Hash256& signed_hash, const NetworkId& network) {
    ToSign all{signed_hash, SignKind::transaction, network.hash, {}, lines_of(words_of(envelope))};
    all.bytes = xdr::encode(envelope);
    return all;
}

Result<Done> check_count(std::size_t operations) {
    if (operations < 1 || operations > k_max_operations)
        return Problem{Kind::invalid_input, "tx.operations",
                       fmt::format("a transaction holds 1 to {} operations, not {}", k_max_operations, operations),
                       "split the operations over several transactions"};
    return Done{};
}

} // namespace

Result<std::uint32_t> total_fee(std::int64_t stroops_per_operation, std::size_t operations) {
    if (auto count = check_count(operations); !count) return count.problems();
    if (stroops_per_operation < k_min_base_fee)
        return fee_problem("tx.fee_too_small",
                           fmt::format("{} stroops per operation; the network takes no less than {}",
                                       stroops_per_operation, k_min_base_fee));
    const auto count = static_cast<std::int64_t>(operations);
    if (stroops_per_operation > std::int64_t{std::numeric_limits<std::uint32_t>::max()} / count)
        return fee_problem("tx.fee_too_large", fmt::format("{} operations at {} stroops each exceed the fee field",
                                                           operations, stroops_per_operation));
    return static_cast<std::uint32_t>(stroops_per_operation * count);
}

Result<xdr::TransactionEnvelope> make_transaction(Plan plan) {
    if (auto count = check_count(plan.operations.size()); !count) return count.problems();
    if (plan.sequence <= 0)
        return Problem{Kind::invalid_input, "tx.sequence", fmt::format("{} is no sequence number", plan.sequence), ""};
    const auto count = static_cast<std::int64_t>(plan.operations.size());
    if (plan.fee < k_min_base_fee * count)
        return fee_problem("tx.fee_too_small", fmt::format("{} stroops for {} operations; at least {} each are needed",
                                                           plan.fee, count, k_min_base_fee));
    if (plan.fee > std::numeric_limits<std::uint32_t>::max())
        return fee_problem("tx.fee_too_large", fmt::format("{} stroops exceed the fee field", plan.fee));
    xdr::TransactionEnvelope envelope{as<EnvelopeType::tx>};
    auto& transaction = envelope.get<EnvelopeType::tx>().tx;
    transaction.source_account = plan.source;
    transaction.fee = static_cast<std::uint32_t>(plan.fee);
    transaction.seq_num = plan.sequence;
    transaction.cond = std::move(plan.preconditions);
    transaction.memo = std::move(plan.memo);
    transaction.operations = std::move(plan.operations);
    return envelope;
}

Result<xdr::TransactionEnvelope> make_fee_bump(const xdr::MuxedAccount& fee_source, std::int64_t fee,
                                               const xdr::TransactionEnvelope& inner) {
    const auto* plain = inner.find<EnvelopeType::tx>();
    if (plain == nullptr)
        return Problem{Kind::invalid_input, "tx.fee_bump", "only a plain transaction can be wrapped in a fee bump", ""};
    using money::Int128; // the rates are compared as fractions
    const auto count = static_cast<std::int64_t>(plain->tx.operations.size());
    const Int128 least = Int128{k_min_base_fee} * (count + 1);
    const auto* contract = plain->tx.ext.find<1>();
    const Int128 resources = contract == nullptr ? 0 : contract->resource_fee;
    const Int128 bid = Int128{fee} - resources, inner_bid = Int128{plain->tx.fee} - resources;
    if (bid < least)
        return fee_problem("tx.fee_too_small", fmt::format("a fee bump over {} operations bids at least {} stroops",
                                                           count, money::to_text(least)));
    if (bid * count < inner_bid * (count + 1))
        return fee_problem("tx.fee_too_small",
                           fmt::format("{} stroops for {} operations bid less than the inner transaction, {} for {}",
                                       fee, count + 1, plain->tx.fee, count));
    xdr::TransactionEnvelope envelope{as<EnvelopeType::tx_fee_bump>};
    auto& bump = envelope.get<EnvelopeType::tx_fee_bump>().tx;
    bump.fee_source = fee_source;
    bump.fee = fee;
    bump.inner_tx = xdr::FeeBumpTransactionInnerTx{as<EnvelopeType::tx>, *plain};
    return envelope;
}

const xdr::TransactionV1Envelope* find_plain(const xdr::TransactionEnvelope& envelope) {
    if (const auto* bump = envelope.find<EnvelopeType::tx_fee_bump>())
        return &bump->tx.inner_tx.get<EnvelopeType::tx>();
    return envelope.find<EnvelopeType::tx>();
}

void sign(xdr::TransactionEnvelope& envelope, const NetworkId& network, Signer& signer) {
    Signer* const one[] = {&signer};
    sign(envelope, network, one);
}

void sign(xdr::TransactionEnvelope& envelope, const NetworkId& network, std::span<Signer* const> signers) {
    const auto signed_hash = hash(envelope, network);
    for (auto* const signer : signers) {
        const auto signature =
            signer->looks() ? signer->sign_shown(shown(envelope, signed_hash, network)) : signer->sign(signed_hash);
        add_signature(envelope, {hint_of(signer->public_key()), xdr::Signature(signature.begin(), signature.end())});
    }
}

Result<Done> add_signatures(xdr::TransactionEnvelope& envelope, const xdr::TransactionEnvelope& other,
                            const NetworkId& network) {
    if (hash(envelope, network) != hash(other, network))
        return Problem{Kind::invalid_input, "tx.another",
                       fmt::format("{} is another transaction than {}", to_hex(hash(other, network)),
                                   to_hex(hash(envelope, network))),
                       "signatures are of one transaction, byte for byte"};
    for (const auto& decorated : signatures_of(other)) add_signature(envelope, decorated);
    return Done{};
}

bool is_signed_by(const xdr::TransactionEnvelope& envelope, const NetworkId& network, const crypto::PublicKey& key) {
    const auto signed_hash = hash(envelope, network);
    const auto hint = hint_of(key);
    const auto& signatures = signatures_of(envelope);
    return std::any_of(signatures.begin(), signatures.end(), [&](const xdr::DecoratedSignature& decorated) {
        crypto::Signature signature{};
        if (decorated.hint != hint || decorated.signature.size() != signature.size()) return false;
        std::copy(decorated.signature.begin(), decorated.signature.end(), signature.begin());
        return crypto::verify(key, signed_hash, signature);
    });
}

Bytes envelope_bytes(const xdr::TransactionEnvelope& envelope) { return xdr::encode(envelope); }
std::string envelope_base64(const xdr::TransactionEnvelope& envelope) { return to_base64(xdr::encode(envelope)); }

Result<xdr::TransactionEnvelope> parse_envelope(ByteView bytes) {
    return xdr::decode<xdr::TransactionEnvelope>(bytes, k_envelope_limits);
}

Result<xdr::TransactionEnvelope> parse_envelope_base64(std::string_view text) {
    return xdr::decode_base64<xdr::TransactionEnvelope>(text, k_envelope_limits);
}

} // namespace passa::stellar::tx
