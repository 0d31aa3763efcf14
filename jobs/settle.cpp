// One item an event. A settlement posts what is due and not posted, so a step that is repeated posts nothing.
#include "jobs/anchoring.hpp"
#include "jobs/jobs.hpp"
#include "lib/event/event.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::jobs {

runner::Job settle(const Desk& desk) {
    const auto& books = desk.books;
    const auto plan = [&books, scope = desk.scope] {
        const auto load = [&](db::Transaction& tx) {
            std::vector<std::string> names;
            if (scope)
                names.push_back(event::get_event(tx, books.organizer, *scope).name);
            else
                for (const auto& event : event::load_events(tx, books.organizer)) names.push_back(event.name);
            return names;
        };
        return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, load);
    };
    const auto step = [&books, until = desk.until](runner::Item& item) {
        const auto now = books.clock.now();
        db::transact(books.db, {.organizer = books.organizer, .what = "settle"}, [&](db::Transaction& tx) {
            const auto event = event::get_event(tx, books.organizer, item.key());
            const auto settlement = settle::settle({tx, books.organizer, books.ids, now}, event, until, books.actor);
            const auto anchors =
                queue_anchors(tx, {books.db, books.organizer, books.ids, books.clock, books.actor}, event);
            runner::Counts counts{{"settlements", settlement ? 1 : 0}, {"lines", settlement ? settlement->lines : 0}};
            if (anchors > 0) counts["anchors"] = anchors;
            item.done(tx, counts);
        });
    };
    return {plan, step};
}

} // namespace passa::jobs
