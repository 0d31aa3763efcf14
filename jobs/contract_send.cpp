// One item a contract that something waits for. A row belongs to the call that tells it, so a step that is repeated
// tells nothing twice.
#include "jobs/jobs.hpp"
#include "lib/contract/outbox.hpp"

namespace passa::jobs {
namespace {

void tell_refused(const runner::Counts& all) {
    const auto it = all.find("refused");
    if (it == all.end() || it->second == 0) return;
    throw Error{{Kind::partial, "contract.refused_rows",
                 fmt::format("contracts would not hear of {} row{}", it->second, it->second == 1 ? "" : "s"),
                 "see why: passa contract queued CONTRACT --state refused"}};
}

} // namespace

runner::Job contract_send(const Desk& desk) {
    const auto plan = [&books = desk.books, network = desk.network] {
        return db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true},
                            [&](db::Transaction& tx) {
                                std::vector<std::string> names;
                                for (auto& name : contract::load_waiting_contracts(tx, books.organizer)) {
                                    const auto declared = catalog::find_contract(tx, books.organizer, name);
                                    if (!network || (declared && declared->network == *network))
                                        names.push_back(std::move(name));
                                }
                                return names;
                            });
    };
    const auto step = [&books = desk.books, send = desk.chain.send](runner::Item& item) {
        const auto counts = send(item);
        db::transact(books.db, {.organizer = books.organizer, .what = "contract.send"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {plan, step, tell_refused};
}

} // namespace passa::jobs
