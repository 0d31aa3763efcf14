// The same law over the stored inputs must give the stored answers.
#include "lib/settle/store.hpp"
#include "settle_sql.hpp"

namespace passa::settle {
namespace {

[[noreturn]] void differs(SettlementId id, const std::string& what) {
    throw Error{{Kind::balance_gap, "explain.replay_differs",
                 fmt::format("settlement {} does not replay: {}", id, what),
                 "stop paying this event and run: passa ledger check"}};
}

} // namespace

Replay replay(db::Transaction& tx, OrganizerId organizer, SettlementId id) {
    Replay out;
    out.settlement = get_settlement(tx, organizer, id);
    const auto event = out.settlement.event;
    const auto currency = tx.run(sql::get_event_currency, organizer, event).one();
    out.plans = load_plans(tx, organizer, event);
    out.terms =
        load_terms(tx, organizer, event, {currency.get<std::string>("currency_id"), currency.get<int>("scale")});
    out.party_names = load_party_names(tx, organizer);
    out.due = split::due_to_date(out.plans, out.terms, load_intakes(tx, organizer, event, id));

    std::map<DueKey, Delta> stored;
    for (const auto& delta : out.settlement.deltas) stored.emplace(key_of(delta.due), delta);
    const auto again = differences(out.due.dues, load_posted(tx, organizer, event, id));
    for (const auto& delta : again) {
        const auto it = stored.find(key_of(delta.due));
        const auto& name = out.party_names.at(delta.due.party);
        if (it == stored.end()) differs(id, fmt::format("{} is due {}, nothing was stored", name, delta.due.amount));
        if (it->second.due.amount != delta.due.amount || it->second.delta != delta.delta)
            differs(id, fmt::format("{} is due {}, stored is {}", name, delta.due.amount, it->second.due.amount));
    }
    if (again.size() != stored.size()) differs(id, "a stored figure follows from nothing");
    return out;
}

} // namespace passa::settle
