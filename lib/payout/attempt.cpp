// Group, prepare, commit.
#include "lib/payout/attempt.hpp"

#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

struct Group {
    std::vector<rail::Order> orders;
    std::vector<AttemptLine> lines;
};

// Rows come with equal memos side by side.
Group load_group(Lease& lease, const Desk& desk, BatchId batch, const rail::Capability& capability) {
    const auto rows = lease.read([&](db::Transaction& tx) {
        return tx.run(sql::load_reserved_payouts, desk.organizer, batch, capability.orders_per_attempt);
    });
    Group group;
    for (const auto& row : rows) {
        const auto memo = row.get<std::optional<std::string>>("memo").value_or("");
        if (capability.one_memo_per_attempt && !group.orders.empty() && group.orders.front().memo != memo) break;
        const auto id = row.get<PayoutId>("id");
        const auto amount = row.amount("amount_minor");
        group.orders.push_back({id.text(), row.get<std::string>("destination"), memo, amount});
        group.lines.push_back({id, State::sending, amount});
    }
    return group;
}

// A reconciliation may have opened a break since the group was read; once the bytes are stored it is too late.
void refuse_waiting(db::Transaction& tx, const Desk& desk, const Batch& batch, AttemptId attempt) {
    if (tx.run(sql::count_waiting_lines, desk.organizer, attempt).one().get<std::int64_t>("payouts") == 0) return;
    throw Error{{Kind::refused, "payout.contested", "the chain was found to say otherwise than the book meanwhile",
                 fmt::format("see passa recon list --open, close the breaks, then: passa payout resume {}", batch.id)}};
}

// False, and nothing but the refusal is written, when a party moved since the group was read: the bytes are for its old
// address. No apply can move one before this transaction ends.
bool store(db::Transaction& tx, const Desk& desk, const Batch& batch, const LiveAttempt& live) {
    if (refuse_moved(tx, desk, batch.id)) return false;
    tx.run(sql::hold_treasury, desk.organizer, batch.treasury.id);
    const auto& a = live.attempt;
    tx.run(sql::ensure_asset, desk.organizer, a.max_fee.asset().id, a.max_fee.asset().scale);
    tx.run(sql::insert_attempt, desk.organizer, live.id, batch.id, batch.treasury.rail, a.network, a.key, a.payload,
           a.source, a.sequence, a.max_fee.minor(), a.max_fee.asset().id, a.valid_until, a.first_position,
           desk.clock.now());
    std::int64_t pos = 0;
    for (const auto& line : live.lines) {
        tx.run(sql::insert_attempt_line, desk.organizer, live.id, pos++, line.payout);
        take_step(tx, desk, {line.payout, State::reserved, Cause::attempt_stored, ""});
    }
    refuse_waiting(tx, desk, batch, live.id);
    return true;
}

LiveAttempt read_attempt(const db::Row& row) {
    LiveAttempt live;
    live.id = row.get<AttemptId>("id");
    live.state = row.get<std::string>("state");
    auto& a = live.attempt;
    a.key = row.get<std::string>("key");
    a.payload = row.get<Bytes>("payload");
    a.source = row.get<std::string>("source");
    a.network = row.get<std::string>("network");
    a.sequence = row.get<std::optional<std::int64_t>>("sequence");
    a.max_fee = row.amount("fee_minor", "fee_");
    a.valid_until = row.get<Instant>("valid_until");
    a.first_position = row.get<std::int64_t>("first_ledger");
    return live;
}

std::optional<std::int64_t> find_dead_number(Lease& lease, const Desk& desk, const Treasury& treasury) {
    return lease.read([&](db::Transaction& tx) {
        return tx.run(sql::find_dead_number, desk.organizer, treasury.rail, treasury.network, treasury.account)
            .one()
            .get<std::optional<std::int64_t>>("sequence");
    });
}

} // namespace

std::optional<LiveAttempt> make_attempt(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch) {
    for (;;) {
        auto group = load_group(lease, desk, batch.id, rail.capability());
        if (group.orders.empty()) return std::nullopt;
        LiveAttempt live;
        live.id = desk.ids.make<AttemptTag>();
        live.state = "prepared";
        live.attempt = rail.prepare(group.orders, find_dead_number(lease, desk, batch.treasury));
        live.lines = std::move(group.lines);
        live.is_fresh = true;
        const bool stored = lease.write_under_catalog(
            "payout.attempt", [&](db::Transaction& tx) { return store(tx, desk, batch, live); });
        if (stored) return live;
    }
}

std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    std::vector<LiveAttempt> open;
    for (const auto& row : tx.run(sql::load_open_attempts, organizer, batch)) open.push_back(read_attempt(row));
    for (auto& live : open)
        for (const auto& row : tx.run(sql::load_attempt_lines, organizer, live.id))
            live.lines.push_back({row.get<PayoutId>("payout_id"),
                                  parse_state(row.get<std::string>("state")).value_or_throw(),
                                  row.amount("amount_minor")});
    return open;
}

} // namespace passa::payout
