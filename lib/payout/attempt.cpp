// Ask, claim, prepare, commit.
#include "lib/payout/attempt.hpp"

#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

// Rows come with equal memos side by side: those of the first.
std::vector<rail::Order> take_orders(const db::Rows& rows, const rail::Capability& capability, LiveAttempt& live) {
    std::vector<rail::Order> orders;
    for (const auto& row : rows) {
        const auto memo = row.get<std::optional<std::string>>("memo").value_or("");
        if (capability.one_memo_per_attempt && !orders.empty() && orders.front().memo != memo) break;
        const auto id = row.get<PayoutId>("id");
        const auto amount = row.amount("amount_minor");
        orders.push_back({id.text(), row.get<std::string>("destination"), memo, amount});
        live.lines.push_back({id, State::sending, amount});
    }
    return orders;
}

void store(db::Transaction& tx, const Desk& desk, const Batch& batch, const LiveAttempt& live) {
    const auto& a = live.attempt;
    tx.run(sql::ensure_asset, desk.organizer, a.max_fee.asset().id, a.max_fee.asset().scale);
    tx.run(sql::insert_attempt, desk.organizer, live.id, batch.id, batch.treasury.rail, a.network, a.key, a.payload,
           a.source, a.sequence, a.max_fee.minor(), a.max_fee.asset().id, a.valid_until, a.first_position,
           desk.clock.now());
    const auto payouts = payouts_of(live);
    tx.run(sql::insert_attempt_lines, desk.organizer, live.id, uuids_of(payouts));
    take_steps(tx, desk, payouts, {State::reserved, Cause::attempt_stored, ""});
}

enum class Claimed : std::uint8_t { some, none, refused };

// In one transaction: payouts are claimed, bytes are made of them and stored. No reconciliation opens a break about
// them and no apply moves a party before it ends. Refused: nothing was made, since some are for an address that was
// given up.
Claimed claim(db::Transaction& tx, const Desk& desk, rail::Rail& rail, LiveAttempt& live) {
    const auto batch = get_batch(tx, desk.organizer, live.batch);
    const auto& treasury = batch.treasury;
    tx.run(sql::hold_treasury, desk.organizer, treasury.id);
    const auto& source = live.attempt.source;
    if (source != treasury.account && tx.run(sql::hold_channel, desk.organizer, treasury.id, source).empty())
        return Claimed::none; // it is being closed
    const auto capability = rail.capability();
    const auto rows = tx.run(sql::claim_payouts, desk.organizer, batch.id, capability.orders_per_attempt);
    if (rows.empty())
        return tx.run(sql::find_claimable, desk.organizer, batch.id).empty() ? Claimed::none : Claimed::refused;
    bool any_moved = false;
    for (const auto& row : rows)
        if (row.get<bool>("moved")) refuse_moved(tx, desk, row.get<PayoutId>("id")), any_moved = true;
    if (any_moved) return Claimed::refused;
    live.lines.clear(); // of a try that was rolled back
    live.attempt = rail.prepare(take_orders(rows, capability, live));
    store(tx, desk, batch, live);
    return Claimed::some;
}

LiveAttempt read_attempt(const db::Row& row) {
    LiveAttempt live;
    live.id = row.get<AttemptId>("id");
    live.batch = row.get<BatchId>("batch_id");
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

// Nothing: there is nothing to be claimed.
std::optional<rail::Numbers> look_ahead(Lease& lease, const Batch& batch, const std::string& source) {
    const auto& desk = lease.desk();
    return lease.read([&](db::Transaction& tx) -> std::optional<rail::Numbers> {
        if (!tx.run(sql::is_any_claimable, desk.organizer, batch.id).one().get<bool>("is_any")) return std::nullopt;
        const auto& treasury = batch.treasury;
        const auto row = tx.run(sql::find_numbers, desk.organizer, treasury.rail, treasury.network, source).one();
        return rail::Numbers{row.get<std::int64_t>("used"), row.get<std::optional<std::int64_t>>("dead")};
    });
}

std::vector<LiveAttempt> read_attempts(db::Transaction& tx, OrganizerId organizer, const db::Rows& rows) {
    std::vector<LiveAttempt> open;
    for (const auto& row : rows) open.push_back(read_attempt(row));
    for (auto& live : open)
        for (const auto& row : tx.run(sql::load_attempt_lines, organizer, live.id))
            live.lines.push_back({row.get<PayoutId>("payout_id"),
                                  parse_state(row.get<std::string>("state")).value_or_throw(),
                                  row.amount("amount_minor")});
    return open;
}

} // namespace

std::vector<PayoutId> payouts_of(const LiveAttempt& live) {
    std::vector<PayoutId> payouts;
    payouts.reserve(live.lines.size());
    for (const auto& line : live.lines) payouts.push_back(line.payout);
    return payouts;
}

std::optional<LiveAttempt> make_attempt(Lease& lease, rail::Rail& rail, const Batch& batch, const std::string& source) {
    const auto& desk = lease.desk();
    for (;;) {
        const auto known = look_ahead(lease, batch, source);
        if (!known) return std::nullopt;
        rail.get_ready(*known);
        LiveAttempt live;
        live.id = desk.ids.make<AttemptTag>();
        live.batch = batch.id;
        live.state = "prepared";
        live.is_fresh = true;
        live.attempt.source = source;
        const auto claimed = lease.write_under_catalog(
            "payout.attempt", [&](db::Transaction& tx) { return claim(tx, desk, rail, live); });
        if (claimed == Claimed::some) return live;
        if (claimed == Claimed::none) return std::nullopt;
    }
}

std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    return read_attempts(tx, organizer, tx.run(sql::load_open_attempts, organizer, batch));
}

std::vector<LiveAttempt> load_open_attempts(db::Transaction& tx, OrganizerId organizer, const Treasury& treasury,
                                            const std::string& source) {
    return read_attempts(tx, organizer,
                         tx.run(sql::load_open_of_source, organizer, treasury.rail, treasury.network, source));
}

} // namespace passa::payout
