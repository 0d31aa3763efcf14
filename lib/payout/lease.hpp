// The right to send one batch, and the only door for its writes: every transaction of a sender checks the lease's token
// first, and every one is a named fault point before, inside and after its commit, so that tests/sim can kill there.
#pragma once
#include "lib/base/fault.hpp"
#include "lib/payout/payout.hpp"

namespace passa::payout {

class Lease {
public:
    // One sender per treasury at a time: two would race for the same sequence numbers. Waits a little for another to
    // end. Errors payout.busy, payout.no_batch.
    Lease(const Desk& desk, BatchId batch);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    // Error payout.lease_lost: somebody took over, and nothing was written.
    template <typename F>
    auto write(const std::string& what, F&& fn) {
        fault_point(what + ".before");
        const auto guarded = [&](db::Transaction& tx) {
            hold(tx);
            if constexpr (std::is_void_v<decltype(fn(tx))>) {
                fn(tx);
                fault_point(what + ".uncommitted");
            } else {
                auto result = fn(tx);
                fault_point(what + ".uncommitted");
                return result;
            }
        };
        if constexpr (std::is_void_v<decltype(fn(std::declval<db::Transaction&>()))>) {
            db::transact(m_desk.db, {m_desk.organizer}, guarded);
            fault_point(what + ".after");
        } else {
            auto result = db::transact(m_desk.db, {m_desk.organizer}, guarded);
            fault_point(what + ".after");
            return result;
        }
    }
    template <typename F>
    auto read(F&& fn) {
        return db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, std::forward<F>(fn));
    }

    [[nodiscard]] const Desk& desk() const { return m_desk; }

private:
    [[nodiscard]] bool take() const;
    void hold(db::Transaction& tx) const; // checks and renews
    const Desk& m_desk;
    BatchId m_batch;
    IdBytes m_token;
};

} // namespace passa::payout
