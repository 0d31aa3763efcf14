// One item an event whose money a contract holds. Everything there is due to date less what the contract has: a step
// that is repeated moves nothing.
#include "jobs/jobs.hpp"
#include "lib/escrow/escrow.hpp"
#include "lib/event/event.hpp"

namespace passa::jobs {

runner::Job escrow_pay(const Desk& desk) {
    const auto plan = [&books = desk.books, scope = desk.scope, network = desk.network] {
        return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) {
                                std::optional<EventId> event;
                                if (scope) event = event::get_event(tx, books.organizer, *scope).id;
                                std::vector<std::string> names;
                                for (const auto& one : escrow::load_escrows(tx, books.organizer, event)) {
                                    const bool is_known = !names.empty() && names.back() == one.event_name;
                                    if (!is_known && (!network || one.network == *network))
                                        names.push_back(one.event_name);
                                }
                                return names;
                            });
    };
    const auto step = [&books = desk.books, pay = desk.chain.pay](runner::Item& item) {
        const auto counts = pay(item);
        db::transact(books.db, {.organizer = books.organizer, .what = "escrow.pay"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {plan, step};
}

} // namespace passa::jobs
