// One item a contract: what it told since the last time, into the books; a gap and a narrow escape are told.
#include "jobs/hearing.hpp"

namespace passa::jobs {
namespace {

std::vector<catalog::Contract> load_kept(const payout::Desk& desk) {
    auto all = db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) { return catalog::load_contracts(tx, desk.organizer); });
    std::erase_if(all, [](const catalog::Contract& one) { return !one.keeps_events; });
    return all;
}

catalog::Contract get_kept(const payout::Desk& desk, const std::string& name) {
    for (auto& one : load_kept(desk))
        if (one.name == name) return one;
    throw Error{{Kind::not_found, "contract.unknown", fmt::format("there is no contract {} any more", name),
                 "see them with: passa contract list"}};
}

void tell_what_is_missing(const runner::Counts& all) {
    const auto is_some = [&](const char* word) {
        const auto it = all.find(word);
        return it != all.end() && it->second > 0;
    };
    if (is_some("gaps"))
        throw Error{
            {Kind::partial, "contract.gap", "servers had forgotten events before they were heard",
             "which ledgers: passa contract events NAME --stored; ask an archive, and run chain-sync more often"}};
    if (is_some("late"))
        throw Error{{Kind::partial, "contract.late", "events were heard shortly before the servers forget them",
                     "run chain-sync more often"}};
}

} // namespace

runner::Job chain_sync(const Desk& desk) {
    const auto plan = [&desk_books = desk.books] {
        std::vector<std::string> names;
        for (const auto& one : load_kept(desk_books)) names.push_back(one.name);
        return names;
    };
    const auto step = [desk](runner::Item& item) {
        Hearing hearing{desk.books, desk.chain, get_kept(desk.books, item.key())};
        if (!hearing.go_through({[&item] { item.require_live(); }, desk.patience.stop}))
            return; // what was heard is stored: the next one goes on
        db::transact(desk.books.db, {.organizer = desk.books.organizer, .what = "chain.sync"},
                     [&](db::Transaction& tx) { item.done(tx, hearing.counts()); });
    };
    return {plan, step, tell_what_is_missing};
}

} // namespace passa::jobs
