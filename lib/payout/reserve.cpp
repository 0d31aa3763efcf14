// The flow: ask the rail and recon for obstacles, then in slices: read the balance, lock, compare, post.
#include "lib/payout/reserve.hpp"

#include "lib/ledger/journal.hpp"
#include "lib/payout/funds.hpp"
#include "lib/payout/limits.hpp"
#include "lib/payout/store.hpp"
#include "lib/payout/take.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::payout {
namespace {

using ledger::AccountKind;

constexpr int k_slice = 1'000;  // payouts a transaction
constexpr int k_asked = 10'000; // payees that the rail is asked about at once
constexpr const char* k_moved = "the party wants its money elsewhere, or in another asset, since the batch was made: "
                                "make another batch";

std::vector<rail::Order> make_orders(const db::Rows& rows) {
    std::vector<rail::Order> orders;
    for (const auto& row : rows)
        orders.push_back({row.get<PayoutId>("id").text(), row.get<std::string>("destination"),
                          row.get<std::optional<std::string>>("memo").value_or(""), row.amount("amount_minor")});
    return orders;
}

// Of those from this place on, as many as are asked for at once. Where the next begin; none: these were the last.
std::optional<std::int64_t> block_slice(Lease& lease, rail::Rail& rail, const Batch& batch, std::int64_t from) {
    const auto& desk = lease.desk();
    const auto rows = lease.read(
        [&](db::Transaction& tx) { return tx.run(sql::load_ready, desk.organizer, batch.id, k_asked, from); });
    if (rows.empty()) return std::nullopt;
    auto obstacles = rail.find_obstacles(make_orders(rows), [&] { lease.require_heard(); });
    PASSA_ASSERT(obstacles.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].get<bool>("waits")) obstacles[i] = k_contested; // more than the rail can know
    if (std::any_of(obstacles.begin(), obstacles.end(), [](const auto& o) { return !o.empty(); }))
        lease.write("payout.block", [&](db::Transaction& tx) {
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (!obstacles[i].empty())
                    take_step(tx, desk,
                              {rows[i].get<PayoutId>("id"), State::ready, Cause::refused_by_check, obstacles[i]});
        });
    if (rows.size() < k_asked) return std::nullopt;
    return rows[rows.size() - 1].get<std::int64_t>("pos") + 1;
}

void block_obstructed(Lease& lease, rail::Rail& rail, const Batch& batch) {
    for (std::optional<std::int64_t> from = 0; from;) from = block_slice(lease, rail, batch, *from);
}

void block(db::Transaction& tx, const Desk& desk, const db::Row& row, std::string_view reason) {
    take_step(tx, desk, {row.get<PayoutId>("id"), State::ready, Cause::refused_by_check, std::string{reason}});
}

// Of one event.
void set_aside(db::Transaction& tx, const Desk& desk, const std::optional<EventId>& event,
               const std::vector<ledger::Alike>& reserves) {
    const auto now = desk.clock.now();
    const auto journals = ledger::post_each({tx, desk.organizer, desk.ids, now},
                                            {"payout_reserve", {}, "", event, now, "", {}}, reserves);
    std::vector<PayoutId> payouts;
    std::vector<std::string> entries;
    for (const auto& reserve : reserves) payouts.emplace_back(reserve.cause);
    for (const auto& journal : journals) entries.push_back(journal.uuid());
    tx.run(sql::reserve_payouts, desk.organizer, uuids_of(payouts), entries);
    take_steps(tx, desk, payouts, {State::ready, Cause::money_reserved, ""});
}

ledger::Alike with_clearing(const Batch& batch, const db::Row& row, std::vector<ledger::Posting> takings) {
    takings.push_back({{AccountKind::payout_clearing, {}, {}, batch.treasury.id}, -row.amount("amount_minor")});
    return {row.get<PayoutId>("id").bytes(), std::move(takings)};
}

// What is owed may be less by what was taken just before, so one by one; an expense is what it is.
void reserve_rows(db::Transaction& tx, const Desk& desk, const Batch& batch, const db::Rows& rows) {
    std::map<std::optional<EventId>, std::vector<ledger::Alike>> expenses;
    for (const auto& row : rows) {
        const auto event = row.get<std::optional<EventId>>("event_id");
        if (row.get<bool>("waits")) { // since block_obstructed looked
            block(tx, desk, row, k_contested);
            continue;
        }
        auto takings = find_takings(tx, desk.organizer, row);
        if (!takings)
            block(tx, desk, row, "less is owed now than when the batch was made, or less to be netted");
        else if (row.get<std::string>("source") == "expense")
            expenses[event].push_back(with_clearing(batch, row, std::move(*takings)));
        else
            set_aside(tx, desk, event, {with_clearing(batch, row, std::move(*takings))});
    }
    for (const auto& [event, reserves] : expenses) set_aside(tx, desk, event, reserves);
}

std::optional<Problem> find_day_excess(db::Transaction& tx, const Desk& desk, const Batch& batch, const Amount& ready) {
    const auto policy = get_policy(tx, desk.organizer, batch.policy);
    const auto limits = policy.limits.find(ready.asset().id);
    if (limits == policy.limits.end() || !limits->second.per_day) return std::nullopt;
    const auto spent = load_spent_today(tx, desk.organizer, {policy.name, batch.treasury.id});
    const auto known = spent.find(ready.asset().id);
    const auto today = known == spent.end() ? ready : ready + known->second.reserved;
    if (today <= *limits->second.per_day) return std::nullopt;
    return Problem{Kind::refused, "payout.over_day_limit",
                   fmt::format("today's payouts would reach {}, the policy {} allows {} per day", today.for_people(),
                               policy.name, limits->second.per_day->for_people()),
                   fmt::format("send it tomorrow: passa payout send {}", batch.id)};
}

struct Purse {
    const rail::Rail& rail;
    Funds funds;
};

struct Slice {
    bool is_last = false;
    std::optional<Problem> refusal = {}; // nothing was reserved
};

// Of every open batch of the treasury, this one's ready payouts included.
Needs find_needs(const db::Row& open, const db::Row& row, const rail::Rail& rail) {
    const auto ready = row.amount("ready");
    const auto payouts = open.get<std::int64_t>("payouts") + row.get<std::int64_t>("payouts");
    return {open.amount("reserved", ready.asset()), ready, rail.most_cost(static_cast<std::size_t>(payouts))};
}

Slice reserve_slice(db::Transaction& tx, const Desk& desk, const Batch& batch, const Purse& purse) {
    tx.run(sql::lock_organizer, desk.organizer);
    const auto open = tx.run(sql::load_reserved, desk.organizer, batch.treasury.id).one();
    if (open.get<money::Int128>("paid") != purse.funds.paid) return {}; // the balance may be from before: ask again
    for (const auto& row : tx.run(sql::sum_ready, desk.organizer, batch.id)) {
        const auto needs = find_needs(open, row, purse.rail);
        auto refusal = find_shortage(batch, purse.funds, needs);
        if (!refusal) refusal = find_day_excess(tx, desk, batch, needs.ready);
        if (refusal) return {true, std::move(refusal)};
    }
    const auto rows = tx.run(sql::load_ready, desk.organizer, batch.id, k_slice, 0);
    reserve_rows(tx, desk, batch, rows);
    return {rows.size() < k_slice, {}};
}

} // namespace

std::optional<Problem> reserve(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch) {
    const auto busy_with = in("reserving money for batch {}", batch.id);
    block_obstructed(lease, rail, batch);
    const auto any_left = [&] {
        return lease.read(
            [&](db::Transaction& tx) { return !tx.run(sql::load_ready, desk.organizer, batch.id, 1, 0).empty(); });
    };
    if (any_left()) rail.require_signer(); // what nobody here can sign is not reserved
    while (any_left()) {
        const Purse purse{rail, read_funds(lease, desk, rail, batch)};
        auto slice =
            lease.write("payout.reserve", [&](db::Transaction& tx) { return reserve_slice(tx, desk, batch, purse); });
        if (slice.is_last) return std::move(slice.refusal);
    }
    return std::nullopt;
}

void refuse_moved(db::Transaction& tx, const Desk& desk, PayoutId reserved) {
    take_step(tx, desk, {reserved, State::reserved, Cause::refused_by_check, k_moved});
    release(tx, desk, reserved, k_moved);
}

void refuse_moved(Lease& lease, const Desk& desk, const Batch& batch) {
    const auto load = [&](db::Transaction& tx) { return tx.run(sql::load_moved, desk.organizer, batch.id); };
    if (lease.read([&](db::Transaction& tx) { return load(tx).empty(); })) return;
    lease.write("payout.moved", [&](db::Transaction& tx) {
        for (const auto& row : load(tx)) {
            const auto id = row.get<PayoutId>("id");
            if (row.get<std::string>("state") == name(State::reserved))
                refuse_moved(tx, desk, id);
            else
                take_step(tx, desk, {id, State::ready, Cause::refused_by_check, k_moved});
        }
    });
}

void release(db::Transaction& tx, const Desk& desk, PayoutId payout, std::string_view why) {
    const auto journal =
        tx.run(sql::get_reserve_journal, desk.organizer, payout).one().get<JournalId>("reserve_journal_id");
    ledger::reverse({tx, desk.organizer, desk.ids, desk.clock.now()}, journal, why);
}

} // namespace passa::payout
