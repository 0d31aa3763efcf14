// One item: all laws, in one snapshot.
#include "jobs/jobs.hpp"
#include "lib/report/laws.hpp"

namespace passa::jobs {

runner::Job ledger_check(const Desk& desk) {
    const auto& books = desk.books;
    const auto step = [&books](runner::Item& item) {
        const auto results =
            db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, report::check_laws);
        std::int64_t broken = 0;
        for (const auto& result : results) broken += result.broken;
        if (broken > 0)
            throw Error{{Kind::balance_gap, "ledger.broken", fmt::format("{} rows break a law of the ledger", broken),
                         "stop settling and paying; see which law with: passa ledger check"}};
        db::transact(books.db, {.organizer = books.organizer, .what = "ledger-check"}, [&](db::Transaction& tx) {
            item.done(tx, {{"laws", static_cast<std::int64_t>(results.size())}});
        });
    };
    return {[] { return std::vector<std::string>{"laws"}; }, step};
}

} // namespace passa::jobs
