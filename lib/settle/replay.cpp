// The same law over the stored sale lines must give the stored answers.
#include "lib/settle/store.hpp"
#include "settle_sql.hpp"

#include <algorithm>

namespace passa::settle {
namespace {

[[noreturn]] void differs(SettlementId id, const std::string& what) {
    throw Error{{Kind::balance_gap, "explain.replay_differs",
                 fmt::format("settlement {} does not replay: {}", id, what),
                 "stop paying this event and run: passa ledger check"}};
}

// What was taken in is what the lines say, key by key.
void check_intakes(const Replay& replay, const std::vector<split::Intake>& stored) {
    if (replay.intakes == stored) return;
    for (std::size_t i = 0; i < std::min(stored.size(), replay.intakes.size()); ++i)
        if (!(stored[i] == replay.intakes[i]))
            differs(replay.settlement.id,
                    fmt::format("under {} the lines bring {} gross and {} eligible, stored is {} "
                                "and {}",
                                replay.version_names.at(replay.intakes[i].plan_version), replay.intakes[i].gross,
                                replay.intakes[i].eligible, stored[i].gross, stored[i].eligible));
    differs(replay.settlement.id,
            fmt::format("the lines bring {} sums to date, stored are {}", replay.intakes.size(), stored.size()));
}

void check_deltas(const Replay& replay, const std::map<DueKey, money::Amount>& posted_before) {
    const auto id = replay.settlement.id;
    std::map<DueKey, Delta> stored;
    for (const auto& delta : replay.settlement.deltas) stored.emplace(key_of(delta.due), delta);
    const auto again = differences(replay.due.dues, posted_before);
    for (const auto& delta : again) {
        const auto it = stored.find(key_of(delta.due));
        const auto& name = replay.party_names.at(delta.due.party);
        if (it == stored.end()) differs(id, fmt::format("{} is due {}, nothing was stored", name, delta.due.amount));
        if (it->second.due.amount != delta.due.amount || it->second.delta != delta.delta)
            differs(id, fmt::format("{} is due {}, stored is {}", name, delta.due.amount, it->second.due.amount));
    }
    if (again.size() != stored.size()) differs(id, "a stored figure follows from nothing");
}

// Per account, party and asset the journal says what follows from the intake and the differences.
void check_postings(const Replay& replay, const std::vector<ledger::Posting>& expected) {
    using Key = std::tuple<std::string, std::optional<PartyId>, std::string>;
    std::map<Key, money::Int128> off;
    for (const auto& p : expected)
        off[{std::string{name(p.account.kind)}, p.account.party, p.amount.asset().id}] += p.amount.minor();
    for (const auto& p : replay.postings) off[{p.account, p.party, p.amount.asset().id}] -= p.amount.minor();
    for (const auto& [key, minor] : off) {
        if (minor == 0) continue;
        const auto& [account, party, asset] = key;
        differs(replay.settlement.id, fmt::format("{}{} was posted {} minor units of {} beside what follows", account,
                                                  party ? " " + replay.party_names.at(*party) : std::string{},
                                                  money::to_text(-minor), asset));
    }
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
    out.version_names = load_version_names(tx, organizer, event);
    out.intakes = recount_intakes(tx, organizer, event, id);
    check_intakes(out, load_intakes(tx, organizer, event, id));
    out.due = split::due_to_date(out.plans, out.terms, out.intakes);
    check_deltas(out, load_posted(tx, organizer, event, id));
    out.postings = load_postings(tx, organizer, id);
    check_postings(out, postings_of(tx, organizer, out.settlement));
    return out;
}

} // namespace passa::settle
