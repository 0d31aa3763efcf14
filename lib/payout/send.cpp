// The flow: take the lease, settle what is open, reserve, then by one lane or many until nothing is left.
#include "lib/payout/send.hpp"

#include "lib/payout/approve.hpp"
#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

// One run over one batch.
struct Run {
    Lease& lease;
    const Desk& desk;
    rail::Rail& rail;
    const Batch& batch;
    const Means& means;
    const std::optional<Problem>& expired;
};

// How long an attempt of the lost books may still be taken: its bound by the rail's clock (120 s,
// lib/stellar/rail.hpp), and what that clock and the database's may differ by.
constexpr std::chrono::seconds k_in_flight{180};

// A copy of the books does not know what was paid since it was made: it sends nothing, and says nothing is dead, before
// a run has read what the treasury did.
void require_read_home(db::Transaction& tx, const Desk& desk, const Batch& batch) {
    const auto unread =
        tx.run(sql::find_unread_home, desk.organizer, batch.treasury.id, std::int64_t{k_in_flight.count()}).find();
    if (!unread) return;
    if (unread->get<bool>("too_early"))
        throw Error{
            {Kind::busy, "payout.in_flight",
             fmt::format("what was sent before these books were restored, copied or moved may arrive until {}",
                         to_text(unread->get<Instant>("settled_from"))),
             fmt::format("let them read it then: passa recon run --treasury {}, and send again", batch.treasury.name)}};
    throw Error{{Kind::refused, "payout.moved",
                 "these books were restored, copied or moved: what was paid since then is not in them",
                 fmt::format("let them read it: passa recon run --treasury {}, and send again", batch.treasury.name)}};
}

Sendable open_batch(Lease& lease, const Desk& desk, BatchId id) {
    return lease.write("payout.open", [&](db::Transaction& tx) {
        auto sendable = get_sendable(tx, desk, id);
        auto& batch = sendable.batch;
        require_read_home(tx, desk, batch);
        if (batch.state != "approved") return sendable;
        set_batch_state(tx, desk, {id, "approved", "running"});
        batch.state = "running";
        return sendable;
    });
}

// A batch is not begun by who cannot sign for it; of one that was, what may have left is asked for all the same.
void require_signer(Lease& lease, const Desk& desk, rail::Rail& rail, BatchId id) {
    const auto state = lease.read([&](db::Transaction& tx) { return get_sendable(tx, desk, id).batch.state; });
    if (state == "approved") rail.require_signer();
}

// What is left reserved though nothing stopped us.
std::optional<Problem> find_contested(Run& run) {
    const auto count = run.lease.read([&](db::Transaction& tx) {
        return tx.run(sql::count_contested, run.desk.organizer, run.batch.id).one().get<std::int64_t>("payouts");
    });
    if (count == 0) return std::nullopt;
    return Problem{
        Kind::refused, "payout.contested",
        fmt::format("{} payouts wait: the chain says otherwise than the book", count),
        fmt::format("see passa recon list --open, close the breaks, then: passa payout resume {}", run.batch.id)};
}

std::vector<Channel> load_open_channels(const Desk& desk, const Batch& batch) {
    auto channels =
        db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                     [&](db::Transaction& tx) { return load_channels(tx, desk.organizer, batch.treasury.id); });
    std::erase_if(channels, [](const Channel& channel) { return channel.state != "open"; });
    return channels;
}

// What was sent under numbers that no channel has: the treasury's own.
std::optional<Problem> settle_own(Run& run, Lane& own, const std::vector<Channel>& channels) {
    auto open =
        run.lease.read([&](db::Transaction& tx) { return load_open_attempts(tx, run.desk.organizer, run.batch.id); });
    std::erase_if(open, [&](const LiveAttempt& live) {
        return std::any_of(channels.begin(), channels.end(),
                           [&](const Channel& channel) { return channel.address == live.attempt.source; });
    });
    for (auto& live : open)
        if (auto halt = own.settle(std::move(live))) return halt;
    return std::nullopt;
}

struct Left {
    std::int64_t ready = 0, reserved = 0, open = 0;
};

Left count_left(const Desk& desk, BatchId batch) {
    return db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        const auto row = tx.run(sql::sum_left, desk.organizer, batch).one();
        return Left{row.get<std::int64_t>("ready"), row.get<std::int64_t>("reserved"), row.get<std::int64_t>("open")};
    });
}

// What one process may know of the batch that others pay too: how far it is, and whether they still do.
bool is_left_to_others(const Desk& desk, const Batch& batch) {
    const auto left = count_left(desk, batch.id);
    if (left.open + left.reserved == 0) return false;
    const auto channels = load_open_channels(desk, batch);
    return std::any_of(channels.begin(), channels.end(), [](const Channel& channel) { return channel.busy; });
}

// The worst first: what may have happened.
std::optional<Problem> worst_of(std::vector<Problem> halts) {
    if (halts.empty()) return std::nullopt;
    std::stable_sort(halts.begin(), halts.end(), [](const Problem& a, const Problem& b) {
        return (a.kind == Kind::unknown_outcome) > (b.kind == Kind::unknown_outcome);
    });
    return std::move(halts.front());
}

constexpr Duration k_look_again = std::chrono::milliseconds{500};

// By channels, until nothing is left that we or somebody else could send: an attempt of another process that fails
// gives its payouts back.
std::optional<Problem> pay_by_channels(const Desk& desk, const Batch& batch, const Means& means, bool may_pay) {
    std::vector<Problem> halts;
    const auto& patience = means.patience;
    while (halts.empty()) {
        halts = run_lanes({desk, batch, patience, means.channels, may_pay}, load_open_channels(desk, batch)).halts;
        if (!halts.empty() || patience.stop() || !is_left_to_others(desk, batch)) break;
        patience.wait(k_look_again);
    }
    const auto left = count_left(desk, batch.id);
    if (left.open + left.reserved == 0) return std::nullopt; // the others went on
    return worst_of(std::move(halts));
}

std::optional<Problem> work(Run& run) {
    const auto channels =
        run.means.channels.most == 0 ? std::vector<Channel>{} : load_open_channels(run.desk, run.batch);
    const auto& patience = run.means.patience;
    Lane own{run.lease, run.rail, run.batch, patience};
    if (auto halt = settle_own(run, own, channels)) return halt;
    if (run.expired) {
        const auto halt = channels.empty() ? std::nullopt : pay_by_channels(run.desk, run.batch, run.means, false);
        return halt ? halt : run.expired;
    }
    refuse_moved(run.lease, run.desk, run.batch);
    auto refusal = reserve(run.lease, run.desk, run.rail, run.batch); // what is reserved already is sent all the same
    auto halt = channels.empty() ? own.pay() : pay_by_channels(run.desk, run.batch, run.means, true);
    if (halt) return halt;
    return refusal ? refusal : find_contested(run);
}

// Whatever ended the work, what was done is told: the database knows it, not the error.
std::optional<Problem> work_or_halt(Run& run) {
    try {
        return work(run);
    } catch (const Error& error) {
        return error.first();
    }
}

std::map<State, std::int64_t> count_states(Lease& lease, const Desk& desk, BatchId batch) {
    return lease.read([&](db::Transaction& tx) {
        std::map<State, std::int64_t> counts;
        for (const auto& row : tx.run(sql::count_states, desk.organizer, batch))
            counts[parse_state(row.get<std::string>("state")).value_or_throw()] = row.get<std::int64_t>("payouts");
        return counts;
    });
}

std::int64_t sum_of(const std::map<State, std::int64_t>& counts, std::initializer_list<State> states) {
    std::int64_t sum = 0;
    for (const auto state : states)
        if (const auto it = counts.find(state); it != counts.end()) sum += it->second;
    return sum;
}

} // namespace

std::int64_t Sent::count(State state) const { return sum_of(counts, {state}); }
std::int64_t Sent::paid() const { return sum_of(counts, {State::confirmed, State::settled}); }
std::int64_t Sent::open() const { return sum_of(counts, {State::sending, State::accepted, State::unknown}); }
std::int64_t Sent::left() const { return sum_of(counts, {State::planned, State::ready, State::reserved}); }

Sendable get_sendable(db::Transaction& tx, const Desk& desk, BatchId id) {
    Sendable sendable{get_batch(tx, desk.organizer, id), sum_payouts(tx, desk.organizer, id), {}};
    const auto& batch = sendable.batch;
    if (batch.state == "cancelled")
        throw Error{{Kind::refused, "payout.cancelled", fmt::format("batch {} was cancelled", id),
                     "make a new one: passa payout create"}};
    require_unchanged(tx, desk.organizer, batch);
    sendable.expired = find_expiry(tx, desk, batch);
    if (!sendable.expired) return sendable;
    const auto any = [&](auto&& is) {
        return std::any_of(sendable.sums.begin(), sendable.sums.end(), [&](const StateSum& s) { return is(s.state); });
    };
    if (!any(is_unsent)) sendable.expired.reset();
    if (sendable.expired && !any(may_have_left)) throw Error{*sendable.expired};
    return sendable;
}

namespace {

bool somebody_leads(const Desk& desk, BatchId id) {
    return db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                        [&](db::Transaction& tx) { return is_being_sent(tx, desk.organizer, id); });
}

// Of a batch that may be sent, whoever leads it. Errors as of get_sendable.
bool may_help(const Desk& desk, BatchId id) {
    return db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        const auto sendable = get_sendable(tx, desk, id);
        return sendable.batch.state != "drained" && !sendable.expired;
    });
}

// What who leads has set money aside for. Lanes end when there is nothing to take; who leads may not be done yet.
bool help(const Desk& desk, BatchId id, const Means& means) {
    const auto batch = db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                                    [&](db::Transaction& tx) { return get_batch(tx, desk.organizer, id); });
    const auto channels = load_open_channels(desk, batch);
    const auto ran = run_lanes({desk, batch, means.patience, means.channels}, channels);
    if (auto halt = worst_of(ran.halts)) throw Error{*std::move(halt)};
    return ran.lanes > 0;
}

Sent lead(const Desk& desk, rail::Rail& rail, BatchId id, const Means& means) {
    Lease lease{desk, id};
    Sent sent;
    require_signer(lease, desk, rail, id);
    const auto opened = open_batch(lease, desk, id);
    sent.batch = opened.batch;
    if (sent.batch.state == "running") {
        Run run{lease, desk, rail, sent.batch, means, opened.expired};
        sent.halted = work_or_halt(run);
    }
    sent.counts = count_states(lease, desk, id);
    if (sent.halted && sent.open() > 0) { // whatever else is wrong: this must be asked for first
        sent.halted->kind = Kind::unknown_outcome;
        if (sent.halted->code != "payout.unknown")
            sent.halted->hint = fmt::format("ask again with: passa payout resume {}", id);
    }
    sent.stopped = means.patience.stop();
    if (sent.batch.state == "running" && sent.open() == 0 && sent.left() == 0) {
        lease.write("payout.drain", [&](db::Transaction& tx) {
            set_batch_state(tx, desk, {id, "running", "drained"});
        });
        sent.batch.state = "drained";
    }
    return sent;
}

} // namespace

Sent send(const Desk& desk, rail::Rail& rail, BatchId id, const Means& means) {
    const auto busy_with = in("sending batch {}", id);
    const bool can_help = means.channels.most > 0 && somebody_leads(desk, id) && may_help(desk, id);
    while (can_help && !means.patience.stop() && somebody_leads(desk, id)) {
        if (!help(desk, id, means)) break; // who leads says why, or no channel was left for us
        means.patience.wait(k_look_again);
    }
    return lead(desk, rail, id, means);
}

} // namespace passa::payout
