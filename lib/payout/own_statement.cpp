// Two questions to the stored lines and runs, and the flow that acts on the first, for good or to show it.
#include "lib/payout/own_statement.hpp"

#include "lib/payout/outcome.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {

namespace {

void add_proved(std::vector<Proved>& proved, const LiveAttempt& live) {
    for (const auto& line : live.lines) proved.push_back({line.payout, line.amount, live.attempt.key});
}

} // namespace

std::optional<rail::Outcome> find_on_statement(db::Transaction& tx, const Desk& desk, TreasuryId treasury,
                                               const LiveAttempt& live) {
    const auto row = tx.run(sql::find_attempt_on_statement, desk.organizer, treasury, live.id).find();
    if (!row) return std::nullopt;
    const auto said = row->get<std::string>("lines");
    rail::Outcome outcome;
    outcome.standing = rail::Standing::confirmed;
    outcome.reason = fmt::format("on our own statement, booked at {}", to_text(row->get<Instant>("booked_at")));
    outcome.evidence = rail::Evidence{"statement", live.attempt.key, Bytes(said.begin(), said.end()),
                                      row->get<std::string>("details"), desk.clock.now()};
    return outcome;
}

SeenThrough find_seen_through(Lease& lease, const Batch& batch, const LiveAttempt& live) {
    return lease.read([&](db::Transaction& tx) {
        const auto row = tx.run(sql::find_seen_through, lease.desk().organizer, batch.treasury.id, live.id,
                                live.attempt.first_position)
                             .one();
        return SeenThrough{row.get<std::optional<std::int64_t>>("ledger"), row.get<bool>("has_fee")};
    });
}

std::vector<Proved> end_by_statement(const Desk& desk, BatchId id) {
    const auto busy_with = in("ending what stands on the statement of batch {}", id);
    Lease lease{desk, id};
    const auto [batch, open] = lease.read([&](db::Transaction& tx) {
        return std::pair{get_batch(tx, desk.organizer, id), load_open_attempts(tx, desk.organizer, id)};
    });
    std::vector<Proved> proved;
    for (auto live : open) {
        const auto outcome =
            lease.read([&](db::Transaction& tx) { return find_on_statement(tx, desk, batch.treasury.id, live); });
        if (!outcome) continue;
        record_outcome(lease, batch, live, *outcome);
        add_proved(proved, live);
    }
    return proved;
}

std::vector<Proved> rehearse_by_statement(db::Transaction& tx, const Desk& desk, BatchId id) {
    const auto busy_with = in("looking what stands on the statement of batch {}", id);
    std::vector<Proved> proved;
    if (is_being_sent(tx, desk.organizer, id)) return proved;
    const auto batch = get_batch(tx, desk.organizer, id);
    for (const auto& live : load_open_attempts(tx, desk.organizer, id)) {
        const auto outcome = find_on_statement(tx, desk, batch.treasury.id, live);
        if (!outcome) continue;
        rehearse_outcome(tx, desk, {batch, live, *outcome});
        add_proved(proved, live);
    }
    return proved;
}

} // namespace passa::payout
