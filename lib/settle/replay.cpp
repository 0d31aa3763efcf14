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

void check_deltas(const Replay& replay, const std::map<DueKey, money::Amount>& posted_before) {
    const auto id = replay.settlement.id;
    std::map<DueKey, Delta> stored;
    for (const auto& delta : replay.settlement.deltas) stored.emplace(key_of(delta.due), delta);
    const auto again = differences(replay.due.dues, posted_before);
    for (const auto& delta : again) {
        const auto it = stored.find(key_of(delta.due));
        const auto& name = replay.party_names.at(delta.due.party);
        if (it == stored.end()) differs(id, fmt::format("{} is due {}, nothing was stored", name, delta.due.amount));
        if (it->second.due.amount != delta.due.amount)
            differs(id, fmt::format("{} is due {}, stored is {}", name, delta.due.amount, it->second.due.amount));
        if (it->second.delta != delta.delta)
            differs(id, fmt::format("{} gets {} of it now, stored is {}", name, delta.delta, it->second.delta));
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

using IntakeKey = std::tuple<IdBytes, std::optional<IdBytes>, std::optional<PartyId>, std::string>;

using Totals = std::map<IntakeKey, split::Intake>;

void add(Totals& totals, const std::vector<split::Intake>& intakes) {
    for (const auto& in : intakes) {
        const auto [it, first] =
            totals.try_emplace({in.plan_version, in.campaign_version, in.creator, in.gross.asset().id}, in);
        if (first) continue;
        auto& sum = it->second;
        sum.gross += in.gross;
        sum.tax += in.tax;
        sum.fee_platform += in.fee_platform;
        sum.fee_payment += in.fee_payment;
        sum.eligible += in.eligible;
    }
}

// What was taken in is what the lines say, key by key.
void check_intakes(const Replay& replay, const Totals& counted) {
    Totals stored;
    add(stored, replay.intakes);
    for (const auto& [key, in] : counted) {
        const auto it = stored.find(key);
        const auto zero = money::Amount{0, in.gross.asset()};
        if (it == stored.end() || !(it->second == in))
            differs(replay.settlement.id,
                    fmt::format("under {} the lines bring {} gross and {} eligible, stored is {} and {}",
                                replay.version_names.at(in.plan_version), in.gross, in.eligible,
                                it == stored.end() ? zero : it->second.gross,
                                it == stored.end() ? zero : it->second.eligible));
    }
    if (stored.size() != counted.size())
        differs(replay.settlement.id,
                fmt::format("the lines bring {} sums to date, stored are {}", counted.size(), stored.size()));
}

// It took in what occurred before its cut.
void check_cut(const Settlement& settlement, const Recount& recount) {
    if (recount.newest >= settlement.through)
        differs(settlement.id, fmt::format("it goes through {}, and took in a line of {}", to_text(settlement.through),
                                           to_text(recount.newest)));
}

// `counted`: what the lines bring to date.
Replay replay_one(db::Transaction& tx, OrganizerId organizer, Settlement settlement, const Totals& counted) {
    Replay out;
    out.settlement = std::move(settlement);
    const auto event = out.settlement.event;
    const auto id = out.settlement.id;
    const auto currency = tx.run(sql::get_event_currency, organizer, event).one();
    out.plans = load_plans(tx, organizer, event);
    out.terms =
        load_terms(tx, organizer, event, {currency.get<std::string>("currency_id"), currency.get<int>("scale")});
    out.party_names = load_party_names(tx, organizer);
    out.version_names = load_version_names(tx, organizer, event);
    out.intakes = load_intakes(tx, organizer, event, id);
    check_intakes(out, counted);
    out.due = split::due_to_date(out.plans, out.terms, out.intakes);
    check_deltas(out, load_posted(tx, organizer, event, id));
    out.postings = load_postings(tx, organizer, id);
    check_postings(out, postings_of(tx, organizer, out.settlement));
    return out;
}

} // namespace

Replay replay(db::Transaction& tx, OrganizerId organizer, SettlementId id) {
    auto settlement = get_settlement(tx, organizer, id);
    Totals counted;
    const auto recounts = recount_intakes(tx, organizer, settlement.event, id);
    for (const auto& [each, recount] : recounts) add(counted, recount.intakes);
    if (const auto own = recounts.find(id); own != recounts.end()) check_cut(settlement, own->second);
    return replay_one(tx, organizer, std::move(settlement), counted);
}

std::vector<Replay> replay_all(db::Transaction& tx, OrganizerId organizer, EventId event) {
    auto added = recount_intakes(tx, organizer, event, std::nullopt);
    auto heads = load_settlements(tx, organizer, event);
    std::reverse(heads.begin(), heads.end());
    std::vector<Replay> replays;
    Totals counted;
    for (const auto& head : heads) {
        add(counted, added[head.id].intakes);
        check_cut(head, added[head.id]);
        replays.push_back(replay_one(tx, organizer, get_settlement(tx, organizer, head.id), counted));
    }
    return replays;
}

} // namespace passa::settle
