// One item an event whose money a contract holds. Everything there is due to date less what the contract has: a step
// that is repeated moves nothing.
#include "jobs/jobs.hpp"
#include "lib/escrow/escrow.hpp"
#include "lib/event/event.hpp"

namespace passa::jobs {

namespace {

std::vector<std::string> load_events(db::Transaction& tx, const Desk& desk) {
    const auto owner = desk.books.organizer;
    std::optional<EventId> event;
    if (desk.scope) event = event::get_event(tx, owner, *desk.scope).id;
    std::vector<std::string> names;
    for (const auto& one : escrow::load_escrows(tx, owner, event)) { // by event
        const bool is_known = !names.empty() && names.back() == one.event_name;
        if (!is_known && (!desk.network || one.network == *desk.network)) names.push_back(one.event_name);
    }
    return names;
}

} // namespace

runner::Job escrow_pay(const Desk& desk) {
    const auto plan = [desk] {
        return db::transact(desk.books.db, {desk.books.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) { return load_events(tx, desk); });
    };
    const auto step = [&books = desk.books, pay = desk.chain.pay](runner::Item& item) {
        const auto counts = pay(item);
        db::transact(books.db, {.organizer = books.organizer, .what = "escrow.pay"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {plan, step};
}

} // namespace passa::jobs
