// The story of one attempt after another.
#include "lib/payout/lane.hpp"

#include "lib/payout/outcome.hpp"
#include "lib/payout/own_statement.hpp"
#include "lib/payout/store.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

using rail::Standing;

constexpr int k_dead_in_a_row = 3;

} // namespace

// An accepted attempt is not called unknown for one unanswered question.
rail::Outcome Lane::pursue(LiveAttempt& live, const Batch& batch) {
    const auto record = [&](const rail::Outcome& outcome, bool is_last) {
        if (is_last || outcome.standing == Standing::accepted || live.state == "prepared")
            record_outcome(m_lease, batch, live, outcome);
    };
    return rail::pursue(
        m_rail, live,
        {m_lease.desk().clock, m_patience, [&] { m_lease.require_live(); }, [&] { m_lease.require_heard(); }, record});
}

// What keeps us from making another attempt after this one, if anything.
std::optional<Problem> Lane::find_halt(const LiveAttempt& live, const rail::Outcome& outcome) {
    if (outcome.standing == Standing::unknown)
        return Problem{
            Kind::unknown_outcome, "payout.unknown",
            fmt::format("attempt {} may have happened: {}", live.attempt.key, outcome.reason),
            (m_lease.desk().clock.now() > live.attempt.valid_until
                 ? fmt::format("let the account's own history prove it: passa recon run --treasury {}; then ",
                               m_batch.treasury.name)
                 : std::string{}) +
                fmt::format("ask again with: passa payout resume {}", live.batch)};
    const bool decided =
        outcome.standing == Standing::confirmed ||
        std::any_of(outcome.lines.begin(), outcome.lines.end(), [](const auto& l) { return l.at_fault; });
    m_dead_in_a_row = decided ? 0 : m_dead_in_a_row + 1;
    if (!decided && !live.refused.empty())
        return Problem{Kind::failed, "payout.refused",
                       fmt::format("an attempt came to nothing: {}; {}", live.refused, outcome.reason),
                       fmt::format("mend the reason, then: passa payout resume {}", live.batch)};
    if (m_dead_in_a_row < k_dead_in_a_row) return std::nullopt;
    return Problem{Kind::failed, "payout.no_progress",
                   fmt::format("{} attempts in a row came to nothing; the last: {}", k_dead_in_a_row, outcome.reason),
                   fmt::format("mend the reason, then: passa payout resume {}", live.batch)};
}

std::optional<Problem> Lane::follow(LiveAttempt live, const Batch& batch) {
    const auto outcome = pursue(live, batch);
    m_patience.say(fmt::format("{} payments {}: {}", live.lines.size(), rail::name(outcome.standing), outcome.reason));
    return find_halt(live, outcome);
}

std::optional<Problem> Lane::settle(LiveAttempt live) {
    const auto& desk = m_lease.desk();
    const auto batch = m_lease.read([&](db::Transaction& tx) { return get_batch(tx, desk.organizer, live.batch); });
    const auto outcome =
        m_lease.read([&](db::Transaction& tx) { return find_on_statement(tx, desk, batch.treasury.id, live); });
    if (outcome) {
        record_outcome(m_lease, batch, live, *outcome);
        m_patience.say(fmt::format("{} payments confirmed: {}", live.lines.size(), outcome->reason));
        return std::nullopt;
    }
    const auto seen = find_seen_through(m_lease, batch, live);
    if (seen.ledger > live.attempt.first_position) {
        live.seen_nothing =
            fmt::format("our own statement shows {} of it from ledger {} to {}",
                        seen.has_fee ? "the fee and no payment" : "nothing", live.attempt.first_position, *seen.ledger);
        live.attempt.first_position = *seen.ledger;
    }
    return follow(std::move(live), batch);
}

std::optional<Problem> Lane::pay() {
    while (!m_patience.stop()) {
        auto live = make_attempt(m_lease, m_rail, m_batch, m_source);
        if (!live) break;
        if (auto halt = follow(std::move(*live), m_batch)) return halt;
    }
    return std::nullopt;
}

} // namespace passa::payout
