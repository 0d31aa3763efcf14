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

Result<Ready> make_ready(rpc::Client& client, Draft draft, Signer& signer, const Numbers& known) {
    const auto bid = choose_bid(client, draft.most_per_operation);
    if (!bid) return bid.problems();
    const auto fee = total_fee(*bid, draft.operations.size());
    if (!fee) return fee.problems();
    const auto next = find_next_sequence(client, draft.source, known);
    if (!next) return next.problems();
    const auto until = std::chrono::ceil<std::chrono::seconds>(client.clock().now() + draft.valid_for);
    const auto bounds = make_expiry(static_cast<std::uint64_t>(until.time_since_epoch().count()));
    if (!bounds) return bounds.problems();
    auto envelope = make_transaction(
        {to_muxed(draft.source), next->number, *fee, *bounds, std::move(draft.memo), std::move(draft.operations)});
    if (!envelope) return envelope.problems();
    Ready ready{std::move(envelope).value(), next->number, *fee, until, next->ledger};
    sign(ready.envelope, client.network_id(), signer);
    return ready;
}

} // namespace passa::stellar::tx
