// What must be true of an organizer after every step, whatever went wrong in it: figures of the book, of the chain and
// of the box office, held against each other. States of payouts, attempts and the chain are read after each step; sums
// over sales, settlements and postings after each that may write them, and after every sixteenth; the checks of the
// house (check_*.sql) at a season's end. An organizer that a step did not touch is not looked at.
#pragma once
#include "tests/sim/season/festival.hpp"

namespace passa::test {

using Sums = std::map<std::string, std::int64_t>;

// Sums over the book; amounts in minor units.
struct MoneySeen {
    std::int64_t unbalanced = 0; // assets whose postings do not add up to zero
    std::int64_t net = 0;        // of all sale lines
    std::int64_t settled = 0;    // of those that a settlement took in
    std::int64_t credited = 0;   // of those again, what commissions are worked out on
    Sums shares, commissions;    // posted to date, by party
    Sums reserved;               // taken out of payables and not given back, by party
    Sums payable;                // what the ledger owes, by party
};
MoneySeen look_at_money(db::Database& db, OrganizerId organizer);

// Where its payouts are.
struct WaysSeen {
    std::int64_t twice = 0;  // payouts with more than one attempt that is not proved dead
    std::int64_t failed = 0; // payouts of which that is proved
    Sums held;               // owed amounts that payouts hold or paid, by party
    Sums set_aside, paid;    // payouts by address: that hold or moved money; that are proved
    struct Open {
        std::string key, destination;
        std::int64_t amount = 0;
    };
    std::vector<Open> open;         // that may have left
    std::vector<BatchSeen> batches; // not done
    std::int64_t breaks = 0;        // of money from strangers
};
WaysSeen look_at_ways(db::Database& db, OrganizerId organizer);

struct Step {
    bool settled = false; // a settlement came to its end in it
    bool may_post = true; // else it writes nothing that sums are made of
};

class Laws {
public:
    Laws(FreshDatabase& db, LocalNetwork& network, Festival& festival);

    std::string find_broken(const Step& step); // after it; empty, or the law that is broken
    [[nodiscard]] std::int64_t failed() const { return m_ways.failed; }
    std::string find_left_over(); // when all is done: what should have been paid and was not

private:
    std::string check_sales(bool settled) const;
    std::string check_shares() const;
    std::string check_reserved() const;
    std::string check_owed() const;
    std::string check_chain();
    FreshDatabase& m_db;
    LocalNetwork& m_network;
    Festival& m_festival;
    WaysSeen m_ways;
    MoneySeen m_now;
    int m_looks = 0;
    Sums m_held;            // on the chain, by address
    int m_moved = 0;        // the network, when that was read
    Sums m_reserved_before; // by party
};

} // namespace passa::test
