// Under the sender's lease, so that nothing leaves meanwhile.
#include "lib/payout/cancel.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

constexpr std::int64_t k_given_back = 1'000; // payouts of whose money is given back at once

// One transaction's work.
struct Cancelling {
    db::Transaction& tx;
    const Desk& desk;
    BatchId batch;
    const std::string& reason;
};

std::int64_t withdraw_all(const Cancelling& c, State from) {
    return c.tx.execute(sql::move_all, c.desk.organizer, c.batch, name(from), name(Cause::withdrawn),
                        name(next(from, Cause::withdrawn)), c.desk.actor, printable(c.reason, k_longest_reason),
                        c.desk.clock.now());
}

std::int64_t withdraw_reserved(const Cancelling& c) {
    std::int64_t count = 0;
    for (;;) {
        std::vector<PayoutId> payouts;
        for (const auto& row :
             c.tx.run(sql::load_of_state, c.desk.organizer, c.batch, name(State::reserved), k_given_back))
            payouts.push_back(row.get<PayoutId>("id"));
        if (payouts.empty()) return count;
        for (const auto& payout : payouts) release(c.tx, c.desk, payout, c.reason);
        take_steps(c.tx, c.desk, payouts, {State::reserved, Cause::withdrawn, c.reason});
        count += static_cast<std::int64_t>(payouts.size());
    }
}

// The batch's own state once its open payouts are gone.
std::string state_after(const Batch& batch, const Cancelled& cancelled, const std::vector<StateSum>& sums) {
    if (cancelled.kept == 0) return "cancelled";
    if (std::any_of(sums.begin(), sums.end(), [](const StateSum& s) { return may_have_left(s.state); }))
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
        const Cancelling cancelling{tx, desk, id, reason};
        for (const auto state : {State::planned, State::ready, State::blocked})
            cancelled.withdrawn += withdraw_all(cancelling, state);
        cancelled.withdrawn += withdraw_reserved(cancelling);
        const auto sums = sum_payouts(tx, desk.organizer, id);
        for (const auto& sum : sums)
            if (sum.state != State::cancelled) cancelled.kept += sum.payouts;
        if (cancelled.withdrawn == 0)
            throw Error{{Kind::refused, "payout.nothing_to_cancel",
                         fmt::format("nothing of batch {} can be cancelled: everything left, or was withdrawn", id),
                         fmt::format("look at it with: passa payout show {}", id)}};
        const auto to = state_after(batch, cancelled, sums);
        if (to != batch.state) set_batch_state(tx, desk, {id, batch.state, to});
        batch.state = to;
        return cancelled;
    });
}

} // namespace passa::payout
