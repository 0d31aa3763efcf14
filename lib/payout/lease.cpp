// One sender a treasury, and patience with locks.
#include "lib/payout/lease.hpp"

#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <chrono>

namespace passa::payout {
namespace {
// The database needs a moment to notice that a killed sender is gone.
constexpr Duration k_patience = std::chrono::seconds{3};
constexpr int k_quiet_wait = 2; // seconds that locks are waited for before we say so
} // namespace

Lease::Lease(const Desk& desk, BatchId batch) : m_desk(desk), m_batch(batch), m_lease(wish(batch)) {
    if (!m_lease.holder().empty())
        throw Error{{Kind::busy, "payout.busy",
                     fmt::format("somebody is sending batch {} or another one of its treasury", batch),
                     fmt::format("try again when it is done: passa payout show {}", batch)}};
}

Lease::Lease(const Desk& desk, BatchId batch, const Channel& channel)
    : m_desk(desk), m_batch(batch),
      m_lease({desk.db, {desk.organizer, std::string{k_sending}, channel.id.uuid()}, desk.actor, desk.lease, {}}) {
    if (!m_lease.holder().empty())
        throw Error{{Kind::busy, "payout.channel_busy", fmt::format("somebody pays by channel {}", channel.number),
                     fmt::format("try again when it is done: passa payout show {}", batch)}};
}

lease::Wish Lease::wish(BatchId batch) const {
    const auto treasury =
        db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true},
                     [&](db::Transaction& tx) { return get_batch(tx, m_desk.organizer, batch).treasury.id; });
    return {
        m_desk.db, {m_desk.organizer, std::string{k_sending}, treasury.uuid()}, m_desk.actor, m_desk.lease, k_patience};
}

void Lease::require_live() {
    write("payout.keep", [](db::Transaction&) {});
}

void Lease::require_heard() const {
    if (m_lease.is_lost()) throw lost();
}

void Lease::hold_catalog(db::Transaction& tx) const { tx.run(sql::hold_catalog, m_desk.organizer); }

void Lease::wait_briefly(db::Transaction& tx) { tx.run(sql::wait_briefly, k_quiet_wait); }

bool Lease::is_worth_waiting(const Error& error, int tries) const {
    if (error.first().code != "db.locked" || tries == k_most_waits) return false;
    if (tries > 1) return true;
    m_desk.say(
        fmt::format("waiting, at most 2 minutes, for what holds rows of batch {} or its treasury: a recon run, a "
                    "payout create or an apply that is not done yet",
                    m_batch));
    return true;
}

void Lease::hold(db::Transaction& tx) {
    if (!m_lease.hold(tx)) throw lost();
}

Error Lease::lost() const {
    return Error{{Kind::busy, "payout.lease_lost", "another sender has taken over this batch",
                  fmt::format("look at it with: passa payout show {}", m_batch)}};
}

bool is_being_sent(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    return !tx.run(sql::find_sender, organizer, batch, k_sending).empty();
}

} // namespace passa::payout
