// The flow: lock, take in, compute, post.
#include "lib/settle/checks.hpp"
#include "lib/settle/store.hpp"
#include "settle_sql.hpp"

#include <algorithm>
#include <set>

namespace passa::settle {
namespace {

constexpr std::int64_t k_many_lines =
    1'000; // from here on the planner must know: joins of them as if they were few are quadratic

void post(const ledger::Book& book, const Settlement& settlement) {
    auto postings = postings_of(book.tx, book.organizer, settlement);
    // Lines that cancel each other out (a sale and its refund) leave nothing to post.
    if (std::all_of(postings.begin(), postings.end(), [](const auto& p) { return p.amount.is_zero(); })) return;
    ledger::post(book, {"settlement", settlement.id.bytes(), "", settlement.event, settlement.settled_at, "",
                        std::move(postings)});
}

// A contract pays what plans say that name one, until they are released.
void find_payer(const ledger::Book& book, Settlement& settlement) {
    std::set<IdBytes> through_contract;
    for (const auto& row : book.tx.run(sql::load_contract_plans, book.organizer, settlement.event))
        through_contract.insert(row.get<IdBytes>("id"));
    for (auto& delta : settlement.deltas) delta.through_contract = through_contract.contains(delta.due.plan_version);
}

void store_deltas(const ledger::Book& book, const Settlement& settlement) {
    for (const auto& d : settlement.deltas)
        book.tx.run(sql::insert_due, book.organizer, settlement.event, settlement.id, d.due.plan_version,
                    d.due.amount.asset().id, d.due.kind == split::DueKind::share ? "share" : "commission", d.due.party,
                    d.due.campaign_version, d.due.amount.minor(), d.posted_before.minor(), d.delta.minor(),
                    d.through_contract);
}

// Replays and totals go by this order. A settlement that waited for another, or a clock that was set back, must not end
// up before what it built on.
Instant after_all_others(const ledger::Book& book, EventId event) {
    const auto newest = book.tx.run(sql::get_newest_settled_at, book.organizer, event).one();
    if (newest.is_null("at")) return book.now;
    return std::max(book.now, newest.get<Instant>("at") + Duration{1});
}

// Sums first, then membership. Both see the same lines: sales wait for the lock that the caller holds.
std::int64_t take_in(const ledger::Book& book, EventId event, SettlementId id, Instant through) {
    std::int64_t lines = 0;
    for (const auto& row : book.tx.run(sql::sum_fresh_lines, book.organizer, event, through)) {
        const auto of_key = row.get<std::int64_t>("lines");
        const auto sum = [&](std::string_view column) { return row.get<money::Int128>(column); };
        book.tx.run(sql::insert_intake, book.organizer, event, id, row.get<IdBytes>("plan_version_id"),
                    row.get<std::optional<IdBytes>>("campaign_version_id"),
                    row.get<std::optional<PartyId>>("creator_id"), row.get<std::string>("asset_id"), of_key,
                    sum("gross"), sum("tax"), sum("fee_platform"), sum("fee_payment"), sum("net"), sum("eligible"));
        lines += of_key;
    }
    const auto members = lines == 0 ? 0 : book.tx.execute(sql::insert_members, book.organizer, event, id, through);
    if (members == lines) return lines;
    throw Error{
        {Kind::internal, "settle.lines_moved",
         fmt::format("{} lines were summed and {} marked: somebody wrote sales beside the lock", lines, members),
         "run the command again"}};
}

} // namespace

std::span<const db::Statement> statements() { return sql::k_all; }

std::optional<Settlement> settle(const ledger::Book& book, const event::Event& event, Instant through,
                                 std::string_view actor) {
    const auto busy_with = in("settling {} through {}", event.name, to_text(through));
    book.tx.run(sql::take_room);
    book.tx.run(sql::lock_sales, book.organizer, event.id);
    Settlement settlement{book.ids.make<SettlementTag>(),   event.id, event.name, through, 0, std::string{actor},
                          after_all_others(book, event.id), {}};
    settlement.lines = take_in(book, event.id, settlement.id, through);
    if (settlement.lines == 0) return std::nullopt;
    if (settlement.lines >= k_many_lines) book.tx.run(sql::analyze_lines);
    book.tx.run(sql::insert_settlement, book.organizer, event.id, settlement.id, through, settlement.lines, actor,
                settlement.settled_at);

    const auto due = split::due_to_date(load_plans(book.tx, book.organizer, event.id),
                                        load_terms(book.tx, book.organizer, event.id, event.currency),
                                        load_intakes(book.tx, book.organizer, event.id, std::nullopt));
    settlement.deltas = differences(due.dues, load_posted(book.tx, book.organizer, event.id, std::nullopt));
    name_deltas(book.tx, book.organizer, settlement);
    find_payer(book, settlement);
    store_deltas(book, settlement);
    book.tx.run(sql::insert_root, book.organizer, event.id, settlement.id);
    post(book, settlement);
    return settlement;
}

} // namespace passa::settle
