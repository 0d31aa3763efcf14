// One item a contract that something waits for. A row belongs to the call that tells it, so a step that is repeated
// tells nothing twice.
#include "jobs/jobs.hpp"
#include "lib/contract/outbox.hpp"

namespace passa::jobs {
namespace {

std::vector<std::string> load_spoken_to(db::Transaction& tx, const Desk& desk) {
    std::vector<std::string> names;
    for (auto& name : contract::load_waiting_contracts(tx, desk.books.organizer)) {
        const auto declared = catalog::find_contract(tx, desk.books.organizer, name);
        if (!desk.network || (declared && declared->network == *desk.network)) names.push_back(std::move(name));
    }
    return names;
}

void tell_refused_rows(const runner::Counts& all) {
    const auto it = all.find("refused");
    if (it == all.end() || it->second == 0) return;
    throw Error{{Kind::partial, "contract.refused_rows",
                 fmt::format("contracts would not hear of {} row{}", it->second, it->second == 1 ? "" : "s"),
                 "see why: passa contract queued CONTRACT --state refused"}};
}

} // namespace

runner::Job contract_send(const Desk& desk) {
    const auto plan = [desk] {
        return db::transact(desk.books.db, {desk.books.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) { return load_spoken_to(tx, desk); });
    };
    const auto step = [&books = desk.books, send = desk.chain.send](runner::Item& item) {
        const auto counts = send(item);
        db::transact(books.db, {.organizer = books.organizer, .what = "contract.send"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {plan, step, tell_refused_rows};
}

} // namespace passa::jobs
