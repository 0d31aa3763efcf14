// Under the sender's lease, so that nothing leaves meanwhile.
#include "lib/payout/cancel.hpp"

#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

bool never_left(State state) {
    return state == State::planned || state == State::ready || state == State::blocked || state == State::reserved;
}

void withdraw(db::Transaction& tx, const Desk& desk, const Payout& payout, const std::string& reason) {
    if (payout.state == State::reserved) release(tx, desk, payout.id, reason);
    take_step(tx, desk, {payout.id, payout.state, Cause::withdrawn, reason});
}

// The batch's own state once its open payouts are gone.
std::string state_after(const Batch& batch, const Cancelled& cancelled, const std::vector<Payout>& payouts) {
    if (cancelled.kept == 0) return "cancelled";
    if (std::any_of(payouts.begin(), payouts.end(), [](const Payout& p) { return may_have_left(p.state); }))
        return batch.state;
    return batch.state == "running" ? "drained" : batch.state;
}

} // namespace

Cancelled cancel(const Desk& desk, BatchId id, const std::string& reason) {
    const auto busy_with = in("cancelling batch {}", id);
    Lease lease{desk, id};
    return lease.write("payout.cancel", [&](db::Transaction& tx) {
        Cancelled cancelled{get_batch(tx, desk.organizer, id)};
        auto& batch = cancelled.batch;
        const auto payouts = load_payouts(tx, desk.organizer, id);
        for (const auto& payout : payouts) {
            if (payout.state == State::cancelled) continue;
            const bool stays = !never_left(payout.state);
            if (!stays) withdraw(tx, desk, payout, reason);
            ++(stays ? cancelled.kept : cancelled.withdrawn);
        }
        if (cancelled.withdrawn == 0)
            throw Error{{Kind::refused, "payout.nothing_to_cancel",
                         fmt::format("nothing of batch {} can be cancelled: everything left, or was withdrawn", id),
                         fmt::format("look at it with: passa payout show {}", id)}};
        const auto to = state_after(batch, cancelled, payouts);
        if (to != batch.state) set_batch_state(tx, desk, {id, batch.state, to});
        batch.state = to;
        return cancelled;
    });
}

} // namespace passa::payout
