// The right to send from one treasury, and the only door for its writes: every transaction of a sender checks the
// lease's number first, and is named, so that tests/sim can kill before and after its commit.
#pragma once
#include "lib/lease/lease.hpp"
#include "lib/payout/channel.hpp"

namespace passa::payout {

inline constexpr std::string_view k_sending = "payout send"; // the work; its scope is the treasury or a channel

class Lease {
public:
    // One sender per treasury at a time: two would race for the same sequence numbers. Waits a little for another to
    // end. Errors payout.busy, payout.no_batch.
    Lease(const Desk& desk, BatchId batch);
    // Of one channel, for a payment run of this batch by it. Error payout.channel_busy at once.
    Lease(const Desk& desk, BatchId batch, const Channel& channel);
    ~Lease() = default;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    // Error payout.lease_lost: somebody took over, and nothing was written. Whoever holds the rows (a reconciliation, a
    // plan of another batch) is waited for, minutes if need be: what the rail said must not be lost for a lock. After
    // two seconds the desk says so.
    template <typename F>
    auto write(std::string_view what, F&& fn) {
        return write_patiently(what, [&](db::Transaction& tx) {
            hold(tx);
            return fn(tx);
        });
    }
    // The same, with no apply of manifests meanwhile: the catalog's lock comes before all others.
    template <typename F>
    auto write_under_catalog(std::string_view what, F&& fn) {
        return write_patiently(what, [&](db::Transaction& tx) {
            hold_catalog(tx);
            hold(tx);
            return fn(tx);
        });
    }
    // Asks the database: before what no transaction can fence. Errors payout.lease_lost, and those of a runner's fence.
    void require_live();
    void require_heard() const; // the heartbeat alone, where nothing is written for long. Error payout.lease_lost
    template <typename F>
    auto read(F&& fn) {
        return db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, std::forward<F>(fn));
    }

    [[nodiscard]] const Desk& desk() const { return m_desk; }

private:
    static constexpr int k_most_waits = 24; // of db's lock_timeout each
    template <typename F>
    auto write_patiently(std::string_view what, F&& fn) {
        const db::Scope scope{.organizer = m_desk.organizer, .what = what};
        int tries = 1;
        const auto work = [&](db::Transaction& tx) {
            if (tries == 1) wait_briefly(tx);
            return fn(tx);
        };
        for (;; ++tries) {
            try {
                return db::transact(m_desk.db, scope, work);
            } catch (const Error& error) {
                if (!is_worth_waiting(error, tries)) throw;
            }
        }
    }
    [[nodiscard]] bool is_worth_waiting(const Error& error, int tries) const; // says at first what holds it up
    [[nodiscard]] lease::Wish wish(BatchId batch) const;
    [[nodiscard]] Error lost() const;
    void hold(db::Transaction& tx);
    void hold_catalog(db::Transaction& tx) const;
    static void wait_briefly(db::Transaction& tx);
    const Desk& m_desk;
    BatchId m_batch;
    lease::Lease m_lease;
};

// Whether somebody else sends from the batch's treasury.
bool is_being_sent(db::Transaction& tx, OrganizerId organizer, BatchId batch);

} // namespace passa::payout
