// A page stands whole, with where the next one begins, or not at all.
#include "lib/contract/event.hpp"

#include "contract_sql.hpp"
#include "lib/contract/evidence.hpp"

#include <algorithm>

namespace passa::contract {
namespace {

// Only one goes on from a place: who lost stores nothing.
bool move_on(db::Transaction& tx, const Desk& desk, const Stream& stream, const Page& page) {
    const auto now = desk.clock.now();
    if (!page.before)
        return tx.execute(sql::insert_heard, desk.organizer, stream.network, stream.contract, page.from, page.through,
                          page.cursor, now) == 1;
    return tx.execute(sql::move_heard, desk.organizer, stream.network, stream.contract, page.before->cursor,
                      std::max(page.before->through, page.through), page.cursor, now) == 1;
}

} // namespace

std::optional<Heard> find_heard(db::Transaction& tx, OrganizerId organizer, const Stream& stream) {
    const auto row = tx.run(sql::find_heard, organizer, stream.network, stream.contract).find();
    if (!row) return std::nullopt;
    return Heard{row->get<std::int64_t>("from_ledger"), row->get<std::int64_t>("through_ledger"),
                 row->get<std::string>("cursor"), row->get<Instant>("heard_at")};
}

Heard store_page(db::Transaction& tx, const Desk& desk, const Stream& stream, const Page& page) {
    if (!move_on(tx, desk, stream, page))
        throw Error{{Kind::busy, "contract.heard_elsewhere",
                     fmt::format("somebody else hears contract {} at the same time", stream.contract), "run it again"}};
    const auto now = *find_heard(tx, desk.organizer, stream);
    if (page.gap)
        tx.run(sql::insert_gap, desk.organizer, stream.network, stream.contract, page.gap->from, page.gap->to, now.at);
    for (const auto& event : page.events) {
        const auto evidence = insert_evidence(tx, desk, {"event", event.transaction, event.raw, {}, now.at});
        tx.run(sql::insert_event, desk.organizer, stream.network, stream.contract, event.id, event.ledger,
               event.transaction, event.said, evidence);
    }
    return now;
}

std::vector<Event> load_events(db::Transaction& tx, OrganizerId organizer, const Stream& stream,
                               const EventFilter& filter) {
    std::vector<Event> events;
    for (const auto& row :
         tx.run(sql::load_events, organizer, stream.network, stream.contract, filter.after, filter.limit))
        events.push_back({row.get<std::string>("id"), row.get<std::int64_t>("ledger"),
                          row.get<std::string>("transaction"), row.get<Bytes>("raw"),
                          row.get<std::optional<std::string>>("said")});
    return events;
}

std::vector<Gap> load_gaps(db::Transaction& tx, OrganizerId organizer, const Stream& stream) {
    std::vector<Gap> gaps;
    for (const auto& row : tx.run(sql::load_gaps, organizer, stream.network, stream.contract))
        gaps.push_back(
            {row.get<std::int64_t>("from_ledger"), row.get<std::int64_t>("to_ledger"), row.get<Instant>("found_at")});
    return gaps;
}

} // namespace passa::contract
