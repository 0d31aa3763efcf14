// A settlement: the lines it took in, and the differences it posted so that everybody's total is what is due to date.
#pragma once
#include "lib/event/event.hpp"
#include "lib/ledger/journal.hpp"
#include "lib/split/due.hpp"

#include <map>
#include <string>

namespace passa {
struct SettlementTag {
    static constexpr std::string_view prefix = "set";
};
using SettlementId = Id<SettlementTag>;
} // namespace passa

namespace passa::settle {

struct Delta {
    split::Due due;
    money::Amount posted_before;
    money::Amount delta;
    std::string party_name, plan_name; // the plan's with its version: "show v2"
    std::optional<std::string> campaign_name;
    bool through_contract = false; // owed by the contract that holds the plan's money
};

struct Settlement {
    SettlementId id;
    EventId event;
    std::string event_name;
    Instant through;
    std::int64_t lines = 0;
    std::string settled_by;
    Instant settled_at;
    std::vector<Delta> deltas;   // by plan, shares before commissions, by party; zero differences are left out
    std::optional<Hash256> root; // of the Merkle tree over them, once stored: lib/settle/prove.hpp
};

// Takes in every line that occurred before `through` and is not settled, posts the differences. Nothing to take in:
// nullopt, and nothing is written. Settlements of one event take turns, and with blocks of its imports.
std::optional<Settlement> settle(const ledger::Book& book, const event::Event& event, Instant through,
                                 std::string_view actor);

// Lines that occurred at `through` or later, which a settlement through it leaves out.
std::int64_t count_later_lines(db::Transaction& tx, OrganizerId organizer, EventId event, Instant through);

std::vector<Settlement> load_settlements(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event);
// With its deltas. Error settlement.not_found.
Settlement get_settlement(db::Transaction& tx, OrganizerId organizer, SettlementId id);

// One line of its journal entry, as it stands in the books.
struct PostedLine {
    std::string account; // its kind
    std::optional<PartyId> party;
    money::Amount amount; // positive: debit
};

// Computes a stored settlement again from the sale lines that it and those before it took in, the plans and the terms;
// and holds the stored intake, the stored differences and the journal entry to it. Error explain.replay_differs when
// any figure differs.
struct Replay {
    Settlement settlement;
    std::vector<split::Intake> intakes; // to date
    split::DueToDate due;
    std::vector<split::PlanVersion> plans;
    std::vector<creator::Terms> terms;
    std::vector<PostedLine> postings;
    std::map<PartyId, std::string> party_names;
    std::map<IdBytes, std::string> version_names; // of plans and campaigns: "show v2"
};
Replay replay(db::Transaction& tx, OrganizerId organizer, SettlementId id);
// Those of an event, oldest first; its lines are counted once for all of them.
std::vector<Replay> replay_all(db::Transaction& tx, OrganizerId organizer, EventId event);

} // namespace passa::settle
