// One account whose sequence numbers attempts carry: the treasury's own, or a channel's. One attempt of it is under way
// at a time; an attempt whose outcome is not proved is asked for, or its same bytes are sent again; a second one is
// made only after stored proof that the first is dead.
#pragma once
#include "lib/payout/attempt.hpp"
#include "lib/rail/pursue.hpp"

namespace passa::payout {

using rail::Patience;

class Lane {
public:
    Lane(Lease& lease, rail::Rail& rail, const Batch& batch, const Patience& patience)
        : m_lease(lease), m_rail(rail), m_batch(batch), m_patience(patience), m_source(batch.treasury.account) {}
    void use(std::string source) { m_source = std::move(source); } // a channel's address

    // What an earlier run left open: our own statement knows it, or the rail is asked. A problem: why it stays open.
    std::optional<Problem> settle(LiveAttempt live);
    // One attempt after another, until nothing of the batch is left. A problem: why not.
    std::optional<Problem> pay();

private:
    rail::Outcome pursue(LiveAttempt& live, const Batch& batch);
    std::optional<Problem> follow(LiveAttempt live, const Batch& batch);
    std::optional<Problem> find_halt(const LiveAttempt& live, const rail::Outcome& outcome);
    Lease& m_lease;
    rail::Rail& m_rail;
    const Batch& m_batch;
    const Patience& m_patience;
    std::string m_source;
    int m_dead_in_a_row = 0; // attempts that ended without deciding any line
};

} // namespace passa::payout
