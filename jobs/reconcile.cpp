// One item a treasury. Open breaks are no failure of the run: everything was read and matched, and a person must look.
#include "jobs/jobs.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/shown.hpp"

namespace passa::jobs {
namespace {

// What the treasuries together say.
void conclude(const runner::Counts& all) {
    const auto count_of = [&](const char* word) {
        const auto it = all.find(word);
        return it == all.end() ? 0 : it->second;
    };
    if (const auto gaps = count_of("gaps"); gaps > 0)
        throw Error{{Kind::balance_gap, "recon.gap",
                     gaps == 1 ? std::string{"the balances of 1 treasury do not add up"}
                               : fmt::format("the balances of {} treasuries do not add up", gaps),
                     "stop paying from it; see the BALANCE_GAP breaks with: passa recon list"}};
    if (const auto open = count_of("open_breaks"); open > 0)
        throw Error{{Kind::open_breaks, "recon.open_breaks",
                     open == 1 ? std::string{"1 break is open"} : fmt::format("{} breaks are open", open),
                     "see them with: passa recon list; explain one with: passa recon close"}};
}

} // namespace

runner::Job reconcile(const Desk& desk) {
    const auto& books = desk.books;
    const auto load = [&books](const std::optional<std::string>& name) {
        return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) {
                                return recon::load_treasuries(tx, books.organizer, {name, std::nullopt});
                            });
    };
    const auto plan = [load, scope = desk.scope] {
        std::vector<std::string> names;
        for (const auto& treasury : load(scope)) names.push_back(treasury.name);
        if (names.empty() && scope)
            throw Error{{Kind::not_found, "recon.no_treasury", fmt::format("there is no treasury {}", *scope),
                         "see them with: passa get treasury"}};
        return names;
    };
    const auto step = [&books, load, make_rail = desk.make_rail, stop = desk.patience.stop](runner::Item& item) {
        const auto found = load(item.key());
        if (found.empty())
            throw Error{{Kind::not_found, "recon.no_treasury",
                         fmt::format("there is no treasury {} any more", item.key()),
                         "see them with: passa get treasury"}};
        const auto& treasury = found.front();
        const auto rail = make_rail(item.key());
        std::int64_t lines = 0, settled = 0, proved = 0, open = 0, gaps = 0;
        for (bool more = true; more;) { // a long history comes in stretches
            item.require_live();
            if (stop()) return; // every stretch is kept: the next attempt goes on behind it
            const auto [report, ended] = recon::reconcile(books, treasury.id, *rail);
            lines += report.lines_new;
            settled += report.settled;
            proved += static_cast<std::int64_t>(ended.size());
            open = report.open;
            gaps = report.has_gap ? 1 : 0;
            more = report.more && report.complete && gaps == 0;
        }
        db::transact(books.db, {.organizer = books.organizer, .what = "reconcile"}, [&](db::Transaction& tx) {
            item.done(
                tx,
                {{"lines", lines}, {"settled", settled}, {"proved", proved}, {"open_breaks", open}, {"gaps", gaps}});
        });
    };
    return {plan, step, conclude};
}

} // namespace passa::jobs
