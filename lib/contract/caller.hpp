// The right to send from one account of a network, one process at a time: two would race for its sequence numbers.
#pragma once
#include "lib/contract/call.hpp"
#include "lib/lease/lease.hpp"

namespace passa::contract {

struct Seat {
    std::string network;
    std::string source; // G...
};

// Bytes, key and bounds, with the next sequence number: signs, sends nothing.
using Prepare = std::function<rail::Attempt(const Numbers& known)>;

class Caller {
public:
    // Error contract.busy: somebody else sends from this account. What an earlier one left open is asked for first:
    // error contract.unknown as long as nobody knows what became of it.
    Caller(const Desk& desk, rail::Courier& courier, Seat seat, const rail::Patience& patience);
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller() = default;

    // Prepared, stored, sent, followed: confirmed, failed or absent. Errors contract.unknown, contract.lease_lost, and
    // those of whoever prepares.
    rail::Outcome carry_out(const Wanted& wanted, const Prepare& prepare);

private:
    template <typename F>
    auto write(std::string_view what, F&& fn) {
        const db::Scope scope{.organizer = m_desk.organizer, .what = what};
        return db::transact(m_desk.db, scope, [&](db::Transaction& tx) {
            if (!m_lease.hold(tx)) throw lost();
            return fn(tx);
        });
    }
    rail::Outcome follow(Call call);
    [[nodiscard]] Error lost() const;
    const Desk& m_desk;
    rail::Courier& m_courier;
    Seat m_seat;
    const rail::Patience& m_patience;
    lease::Lease m_lease;
};

} // namespace passa::contract
