// The same course as a payment's: persist, send, ask, prove (lib/rail/pursue.hpp).
#include "lib/contract/caller.hpp"

namespace passa::contract {
namespace {

constexpr Duration k_patience = std::chrono::seconds{3}; // a killed one's lease is noticed within

lease::Wish wish(const Desk& desk, const Seat& seat) {
    return {desk.db,
            {desk.organizer, "contract call", fmt::format("{} {}", seat.network, seat.source)},
            desk.actor,
            desk.lease,
            k_patience};
}

} // namespace

Caller::Caller(const Desk& desk, rail::Courier& courier, Seat seat, const rail::Patience& patience)
    : m_desk(desk), m_courier(courier), m_seat(std::move(seat)), m_patience(patience), m_lease(wish(desk, m_seat)) {
    if (!m_lease.holder().empty())
        throw Error{{Kind::busy, "contract.busy", fmt::format("somebody else sends from {} now", m_seat.source),
                     "try again when it is done"}};
    auto open =
        db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return load_open_calls(tx, m_desk.organizer, m_seat.network, m_seat.source);
        });
    for (auto& call : open) follow(std::move(call));
}

rail::Outcome Caller::carry_out(const Wanted& wanted, const Prepare& prepare) {
    const auto known =
        db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return load_numbers(tx, m_desk.organizer, m_seat.network, m_seat.source);
        });
    Call call;
    call.attempt = prepare(known);
    PASSA_ASSERT(call.attempt.source == m_seat.source && call.attempt.network == m_seat.network);
    call.is_fresh = true;
    call.id = m_desk.ids.make<CallTag>();
    call.wanted = wanted;
    call.state = "prepared";
    call.actor = m_desk.actor;
    call.made_at = m_desk.clock.now();
    write("contract.call", [&](db::Transaction& tx) {
        insert_call(tx, m_desk, call);
        if (wanted.together) wanted.together(tx, call.id);
    });
    return follow(std::move(call));
}

rail::Outcome Caller::follow(Call call) {
    const auto record = [&](const rail::Outcome& outcome, bool is_last) {
        if (is_last || outcome.standing == rail::Standing::accepted || call.state == "prepared")
            write("contract.outcome", [&](db::Transaction& tx) { record_outcome(tx, m_desk, call, outcome); });
    };
    const auto require_live = [&] { write("contract.keep", [](db::Transaction&) {}); };
    const auto require_heard = [&] {
        if (m_lease.is_lost()) throw lost();
    };
    auto outcome = rail::pursue(m_courier, call, {m_desk.clock, m_patience, require_live, require_heard, record});
    if (outcome.standing == rail::Standing::unknown)
        throw Error{{Kind::unknown_outcome, "contract.unknown",
                     fmt::format("it is not known what became of transaction {}: {}", call.attempt.key, outcome.reason),
                     "ask again with the same command: nothing else is sent from this account before it is known"}};
    return outcome;
}

Error Caller::lost() const {
    return Error{{Kind::busy, "contract.lease_lost",
                  fmt::format("somebody else has begun to send from {} meanwhile", m_seat.source),
                  "run the command again: it asks first what became of what was sent"}};
}

} // namespace passa::contract
