// The flow: take the lease, settle what is open, reserve, then one attempt after another until nothing is left.
#include "lib/payout/send.hpp"

#include "lib/payout/approve.hpp"
#include "lib/payout/outcome.hpp"
#include "lib/payout/own_statement.hpp"
#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

using rail::Standing;

constexpr int k_dead_in_a_row = 3; // attempts that ended without deciding any line

// One run over one batch.
struct Run {
    Lease& lease;
    const Desk& desk;
    rail::Rail& rail;
    const Batch& batch;
    const Patience& patience;
    const std::optional<Problem>& expired;
    int dead_in_a_row = 0;
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

rail::Outcome pursue(const Run& run, LiveAttempt& live) {
    // An accepted attempt is not called unknown for one unanswered question.
    const auto record = [&](const rail::Outcome& outcome, bool is_last) {
        if (is_last || outcome.standing == Standing::accepted || live.state == "prepared")
            record_outcome(run.lease, run.batch, live, outcome);
    };
    return rail::pursue(
        run.rail, live,
        {run.desk.clock, run.patience, [&] { run.lease.require_live(); }, [&] { run.lease.require_heard(); }, record});
}

// What keeps us from making another attempt after this one, if anything.
std::optional<Problem> find_halt(Run& run, const LiveAttempt& live, const rail::Outcome& outcome) {
    if (outcome.standing == Standing::unknown)
        return Problem{
            Kind::unknown_outcome, "payout.unknown",
            fmt::format("attempt {} may have happened: {}", live.attempt.key, outcome.reason),
            (run.desk.clock.now() > live.attempt.valid_until
                 ? fmt::format("let the account's own history prove it: passa recon run --treasury {}; then ",
                               run.batch.treasury.name)
                 : std::string{}) +
                fmt::format("ask again with: passa payout resume {}", run.batch.id)};
    const bool decided =
        outcome.standing == Standing::confirmed ||
        std::any_of(outcome.lines.begin(), outcome.lines.end(), [](const auto& l) { return l.at_fault; });
    run.dead_in_a_row = decided ? 0 : run.dead_in_a_row + 1;
    if (!decided && !live.refused.empty())
        return Problem{Kind::failed, "payout.refused",
                       fmt::format("an attempt came to nothing: {}; {}", live.refused, outcome.reason),
                       fmt::format("mend the reason, then: passa payout resume {}", run.batch.id)};
    if (run.dead_in_a_row < k_dead_in_a_row) return std::nullopt;
    return Problem{Kind::failed, "payout.no_progress",
                   fmt::format("{} attempts in a row came to nothing; the last: {}", k_dead_in_a_row, outcome.reason),
                   fmt::format("mend the reason, then: passa payout resume {}", run.batch.id)};
}

std::optional<Problem> follow(Run& run, LiveAttempt live) {
    const auto outcome = pursue(run, live);
    run.patience.say(
        fmt::format("{} payments {}: {}", live.lines.size(), rail::name(outcome.standing), outcome.reason));
    return find_halt(run, live, outcome);
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

// What an earlier run left open: our own statement knows it, or the rail is asked.
std::optional<Problem> settle_open(Run& run, LiveAttempt live) {
    const auto outcome = run.lease.read(
        [&](db::Transaction& tx) { return find_on_statement(tx, run.desk, run.batch.treasury.id, live); });
    if (outcome) {
        record_outcome(run.lease, run.batch, live, *outcome);
        run.patience.say(fmt::format("{} payments confirmed: {}", live.lines.size(), outcome->reason));
        return std::nullopt;
    }
    const auto seen = find_seen_through(run.lease, run.batch, live);
    if (seen.ledger > live.attempt.first_position) {
        live.seen_nothing =
            fmt::format("our own statement shows {} of it from ledger {} to {}",
                        seen.has_fee ? "the fee and no payment" : "nothing", live.attempt.first_position, *seen.ledger);
        live.attempt.first_position = *seen.ledger;
    }
    return follow(run, std::move(live));
}

std::optional<Problem> work(Run& run) {
    auto open =
        run.lease.read([&](db::Transaction& tx) { return load_open_attempts(tx, run.desk.organizer, run.batch.id); });
    for (auto& live : open)
        if (auto halt = settle_open(run, std::move(live))) return halt;
    if (run.expired) return run.expired;
    refuse_moved(run.lease, run.desk, run.batch);
    auto refusal = reserve(run.lease, run.desk, run.rail, run.batch); // what is reserved already is sent all the same
    while (!run.patience.stop()) {
        refuse_moved(run.lease, run.desk, run.batch);
        auto live = make_attempt(run.lease, run.desk, run.rail, run.batch);
        if (!live) break;
        if (auto halt = follow(run, std::move(*live))) return halt;
    }
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
    Sendable sendable{get_batch(tx, desk.organizer, id), load_payouts(tx, desk.organizer, id), {}};
    const auto& batch = sendable.batch;
    if (batch.state == "cancelled")
        throw Error{{Kind::refused, "payout.cancelled", fmt::format("batch {} was cancelled", id),
                     "make a new one: passa payout create"}};
    require_unchanged(batch, sendable.payouts);
    sendable.expired = find_expiry(tx, desk, batch);
    if (!sendable.expired) return sendable;
    const auto any = [&](auto&& is) {
        return std::any_of(sendable.payouts.begin(), sendable.payouts.end(),
                           [&](const Payout& p) { return is(p.state); });
    };
    if (!any(is_unsent)) sendable.expired.reset();
    if (sendable.expired && !any(may_have_left)) throw Error{*sendable.expired};
    return sendable;
}

Sent send(const Desk& desk, rail::Rail& rail, BatchId id, const Patience& patience) {
    const auto busy_with = in("sending batch {}", id);
    Lease lease{desk, id};
    Sent sent;
    require_signer(lease, desk, rail, id);
    const auto opened = open_batch(lease, desk, id);
    sent.batch = opened.batch;
    if (sent.batch.state == "running") {
        Run run{lease, desk, rail, sent.batch, patience, opened.expired};
        sent.halted = work_or_halt(run);
    }
    sent.counts = count_states(lease, desk, id);
    if (sent.halted && sent.open() > 0) { // whatever else is wrong: this must be asked for first
        sent.halted->kind = Kind::unknown_outcome;
        if (sent.halted->code != "payout.unknown")
            sent.halted->hint = fmt::format("ask again with: passa payout resume {}", id);
    }
    sent.stopped = patience.stop();
    if (sent.batch.state == "running" && sent.open() == 0 && sent.left() == 0) {
        lease.write("payout.drain", [&](db::Transaction& tx) {
            set_batch_state(tx, desk, {id, "running", "drained"});
        });
        sent.batch.state = "drained";
    }
    return sent;
}

} // namespace passa::payout
