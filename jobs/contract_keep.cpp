// One item a contract that is declared to be kept: its rent is paid ahead, within what its manifest allows, by the same
// hand as `contract keep`. That one was archived is done away with, and told: it could not be called meanwhile.
#include "jobs/jobs.hpp"

namespace passa::jobs {
namespace {

void tell_restored(const runner::Counts& all) {
    const auto it = all.find("restored");
    if (it == all.end() || it->second == 0) return;
    throw Error{{Kind::partial, "contract.was_archived",
                 fmt::format("{} {} archived, and {} restored: nobody could call {} meanwhile", it->second,
                             it->second == 1 ? "contract was" : "contracts were", it->second == 1 ? "is" : "are",
                             it->second == 1 ? "it" : "them"),
                 "run contract-keep more often, or raise atLeast of their keep"}};
}

} // namespace

runner::Job contract_keep(const Desk& desk) {
    const auto plan = [&books = desk.books, network = desk.network] {
        const auto all =
            db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true},
                         [&](db::Transaction& tx) { return catalog::load_contracts(tx, books.organizer); });
        std::vector<std::string> names;
        for (const auto& one : all)
            if (one.keep && (!network || one.network == *network)) names.push_back(one.name);
        return names;
    };
    const auto step = [&books = desk.books, keep = desk.chain.keep](runner::Item& item) {
        const auto counts = keep(item);
        db::transact(books.db, {.organizer = books.organizer, .what = "contract.keep"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {plan, step, tell_restored};
}

} // namespace passa::jobs
