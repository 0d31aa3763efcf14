// The pieces of a transaction, in the order in which they become known.
#include "lib/stellar/tx/draft.hpp"

#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

#include <algorithm>

namespace passa::stellar::tx {

Result<std::int64_t> choose_bid(rpc::Client& client, std::int64_t most_per_operation) {
    const auto stats = client.get_fee_stats(); // classic operations compete among themselves
    if (!stats) return stats.problems();
    return std::clamp(stats->classic.p90, k_min_base_fee, std::max(k_min_base_fee, most_per_operation));
}

namespace {

Result<xdr::TransactionEnvelope> make_envelope(Draft draft, const Terms& terms, const xdr::Preconditions& bounds,
                                               Signer* channel) {
    const auto fee = total_fee(channel == nullptr ? terms.bid : k_min_base_fee, draft.operations.size());
    if (!fee) return fee.problems();
    const auto source = to_muxed(draft.source);
    if (channel != nullptr)
        for (auto& operation : draft.operations) operation.source_account = source;
    const auto carrier = channel == nullptr ? source : to_muxed({channel->public_key()});
    return make_transaction(
        {carrier, terms.next.number, *fee, bounds, std::move(draft.memo), std::move(draft.operations)});
}

} // namespace

Result<Ready> make_ready(rpc::Client& client, Draft draft, const Terms& terms, const Signers& signers) {
    const auto until = std::chrono::ceil<std::chrono::seconds>(client.clock().now() + draft.valid_for);
    const auto bounds = make_expiry(static_cast<std::uint64_t>(until.time_since_epoch().count()));
    if (!bounds) return bounds.problems();
    const auto payer = to_muxed(draft.source);
    const auto operations = draft.operations.size();
    auto plain = make_envelope(std::move(draft), terms, *bounds, signers.channel);
    if (!plain) return plain.problems();
    Ready ready{std::move(plain).value(), terms.next.number, 0, until, terms.next.ledger};
    sign(ready.envelope, client.network_id(), signers.source);
    if (signers.channel == nullptr) {
        ready.fee = ready.envelope.get<xdr::EnvelopeType::tx>().tx.fee;
        return ready;
    }
    sign(ready.envelope, client.network_id(), *signers.channel);
    ready.fee = terms.bid * (static_cast<std::int64_t>(operations) + 1);
    auto bump = make_fee_bump(payer, ready.fee, ready.envelope);
    if (!bump) return bump.problems();
    ready.envelope = std::move(bump).value();
    sign(ready.envelope, client.network_id(), signers.source);
    return ready;
}

Result<Ready> make_ready(rpc::Client& client, Draft draft, Signer& signer, const Numbers& known) {
    const auto bid = choose_bid(client, draft.most_per_operation);
    if (!bid) return bid.problems();
    const auto next = find_next_sequence(client, draft.source, known);
    if (!next) return next.problems();
    return make_ready(client, std::move(draft), Terms{*bid, *next}, {signer});
}

} // namespace passa::stellar::tx
