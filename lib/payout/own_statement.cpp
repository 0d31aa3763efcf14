// Two questions to the stored lines and runs, and the flow that acts on the first.
#include "lib/payout/own_statement.hpp"

#include "lib/payout/outcome.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {

std::optional<rail::Outcome> find_on_statement(Lease& lease, const Batch& batch, const LiveAttempt& live) {
    const auto row = lease.read([&](db::Transaction& tx) {
        return tx.run(sql::find_attempt_on_statement, lease.desk().organizer, batch.treasury.id, live.id).find();
    });
    if (!row) return std::nullopt;
    const auto said = row->get<std::string>("lines");
    rail::Outcome outcome;
    outcome.standing = rail::Standing::confirmed;
    outcome.reason = fmt::format("on our own statement, booked at {}", to_text(row->get<Instant>("booked_at")));
    outcome.evidence = rail::Evidence{"statement", live.attempt.key, Bytes(said.begin(), said.end()),
                                      row->get<std::string>("details"), lease.desk().clock.now()};
    return outcome;
}

std::optional<std::int64_t> find_seen_through(Lease& lease, const Batch& batch, const LiveAttempt& live) {
    return lease.read([&](db::Transaction& tx) {
        return tx
            .run(sql::find_seen_through, lease.desk().organizer, batch.treasury.id, live.id,
                 live.attempt.first_position)
            .one()
            .get<std::optional<std::int64_t>>("ledger");
    });
}

std::int64_t end_by_statement(const Desk& desk, BatchId id) {
    const auto busy_with = in("ending what stands on the statement of batch {}", id);
    Lease lease{desk, id};
    const auto batch = lease.read([&](db::Transaction& tx) { return get_batch(tx, desk.organizer, id); });
    std::int64_t ended = 0;
    for (auto& live : load_open_attempts(lease, desk, id))
        if (const auto outcome = find_on_statement(lease, batch, live)) {
            record_outcome(lease, batch, live, *outcome);
            ++ended;
        }
    return ended;
}

} // namespace passa::payout
