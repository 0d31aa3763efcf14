// The pieces in the order in which they become known.
#include "lib/stellar/contract/prepare.hpp"

#include "lib/stellar/contract/limits.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

constexpr std::int64_t k_least_set_aside = 10'000; // stroops; and a fifth of what the resources cost
constexpr std::int64_t k_set_aside_part = 5;
constexpr std::size_t k_signature_bytes = 72;          // of a decorated one
constexpr Duration k_ledger = std::chrono::seconds{4}; // ledgers close in five, so that there are enough of these
constexpr Duration k_longer = std::chrono::minutes{2}; // than the transaction is valid

std::uint32_t ledgers_to_authorise(const Terms& terms) {
    return static_cast<std::uint32_t>((terms.valid_for + k_longer) / k_ledger);
}

xdr::InvokeHostFunctionOp* host_call_of(Call& call) {
    auto* boxed = call.operation.body.find<xdr::OperationType::invoke_host_function>();
    return boxed == nullptr ? nullptr : &**boxed;
}

bool wants_signatures(const Simulation& simulation) {
    return std::any_of(simulation.auth.begin(), simulation.auth.end(), wants_signature);
}

// Whoever signs makes the call dearer, and may be refused: so it is tried once more as it will be sent.
Result<Simulation> authorise_and_try(rpc::Client& client, Call& call, Simulation simulation,
                                     const Authority& authority) {
    auto* host_call = host_call_of(call);
    if (host_call == nullptr) return simulation;
    host_call->auth = simulation.auth;
    if (!wants_signatures(simulation)) return simulation;
    if (const auto done = authorize(host_call->auth, authority); !done) return done.problems();
    auto again = simulate(client, call, Auth::enforce);
    if (again) again.value().auth = host_call->auth; // as signed
    return again;
}

Problem archived() {
    return {Kind::refused, "contract.archived", "what the call needs is archived: nobody paid its rent",
            "restore it first: passa contract restore"};
}

Result<xdr::TransactionEnvelope> assemble(Call call, const Simulation& simulation, const tx::Plan& frame,
                                          const Fees& fees) {
    auto plan = frame;
    plan.fee = std::min(fees.most(), k_most_plain_fee);
    plan.operations = {std::move(call.operation)};
    auto envelope = tx::make_transaction(std::move(plan));
    if (!envelope) return envelope;
    auto& data = envelope.value().get<xdr::EnvelopeType::tx>().tx.ext.select<1>();
    data = simulation.data;
    data.resource_fee = fees.resources + fees.set_aside;
    return envelope;
}

Result<Done> check_size(rpc::Client& client, const xdr::TransactionEnvelope& envelope) {
    const auto limits = find_limits(client);
    if (!limits) return limits.problems();
    if (!*limits) return Done{};
    const auto& data = envelope.get<xdr::EnvelopeType::tx>().tx.ext.get<1>();
    return check_limits(**limits, data, xdr::encode(envelope).size() + k_signature_bytes);
}

Result<tx::Ready> make_plain(rpc::Client& client, Call call, std::span<const Voucher> others, const Terms& terms) {
    const auto next = tx::find_next_sequence(client, call.source, terms.known);
    if (!next) return next.problems();
    auto first = simulate(client, call, Auth::record);
    if (!first) return first.problems();
    if (first->restore) return archived();
    // By the oldest ledger of all servers: one alone could stretch the time that a signature is good for.
    const auto simulation =
        authorise_and_try(client, call, std::move(first).value(),
                          {client.network_id(), next->ledger + ledgers_to_authorise(terms), others});
    if (!simulation) return simulation.problems();
    const auto fees = reckon_fees(client, simulation->data, terms);
    if (!fees) return fees.problems();
    const auto until = std::chrono::ceil<std::chrono::seconds>(client.clock().now() + terms.valid_for);
    const auto bounds = tx::make_expiry(static_cast<std::uint64_t>(until.time_since_epoch().count()));
    if (!bounds) return bounds.problems();
    tx::Plan frame{tx::to_muxed(call.source), next->number};
    frame.preconditions = *bounds;
    auto envelope = assemble(std::move(call), *simulation, frame, *fees);
    if (!envelope) return envelope.problems();
    if (const auto fits = check_size(client, *envelope); !fits) return fits.problems();
    return tx::Ready{std::move(envelope).value(), next->number, fees->most(), until, next->ledger};
}

// Signed first, then wrapped by the same source, which pays.
Result<tx::Ready> wrap(tx::Ready ready, const NetworkId& network, Signer& source) {
    auto bump = tx::make_fee_bump(tx::to_muxed({source.public_key()}), ready.fee, ready.envelope);
    if (!bump) return bump.problems();
    ready.envelope = std::move(bump).value();
    tx::sign(ready.envelope, network, source);
    return ready;
}

} // namespace

Result<Fees> reckon_fees(rpc::Client& client, const xdr::SorobanTransactionData& data, const Terms& terms) {
    const auto limits = find_limits(client);
    if (!limits) return limits.problems();
    if (*limits)
        if (const auto fits = check_limits(**limits, data); !fits) return fits.problems();
    const auto stats = client.get_fee_stats();
    if (!stats) return stats.problems();
    Fees fees;
    fees.bid = std::clamp(stats->contract.p90, tx::k_min_base_fee, std::max(tx::k_min_base_fee, terms.most_bid));
    fees.resources = data.resource_fee;
    if (fees.resources >= 0 && fees.resources <= std::min(terms.most_fee, k_most_fee)) {
        fees.set_aside = std::max(k_least_set_aside, fees.resources / k_set_aside_part);
        if (fees.needs_bump()) fees.bid *= 2;
        if (fees.most() <= terms.most_fee) return fees;
    }
    return Problem{
        Kind::refused, "contract.fee",
        fmt::format("the call may cost more than {} stroops: its resources alone {}", terms.most_fee, fees.resources),
        "allow more with --max-fee, if that is right"};
}

Result<tx::Ready> make_ready(rpc::Client& client, Call call, const Signers& signers, const Terms& terms) {
    auto ready = make_plain(client, std::move(call), signers.others, terms);
    if (!ready) return ready;
    tx::sign(ready.value().envelope, client.network_id(), signers.source);
    if (ready->fee <= k_most_plain_fee) return ready;
    return wrap(std::move(ready).value(), client.network_id(), signers.source);
}

Result<tx::Ready> make_unsigned(rpc::Client& client, Call call, std::span<const Voucher> others, const Terms& terms) {
    auto ready = make_plain(client, std::move(call), others, terms);
    if (ready && ready->fee > k_most_plain_fee)
        return Problem{Kind::refused, "contract.fee_bump",
                       fmt::format("it may cost {} stroops, and what others sign carries at most {}", ready->fee,
                                   k_most_plain_fee),
                       "send it from an account that one key signs for: without --build-only it goes in a fee bump"};
    return ready;
}

} // namespace passa::stellar::contract
