// What must be true of an organizer after every step, whatever went wrong in it: figures of the book, of the chain and
// of the box office, held against each other.
#pragma once
#include "tests/sim/season/festival.hpp"

namespace passa::test {

using Sums = std::map<std::string, std::int64_t>;

// The book, as one query reads it; amounts in minor units.
struct BookSeen {
    std::int64_t unbalanced = 0; // assets whose postings do not add up to zero
    std::int64_t twice = 0;      // payouts with more than one attempt that is not proved dead
    std::int64_t net = 0;        // of all sale lines
    std::int64_t settled = 0;    // of those that a settlement took in
    std::int64_t credited = 0;   // of those again, what commissions are worked out on
    Sums shares, commissions;    // posted to date, by party
    Sums reserved;               // taken out of payables and not given back, by party
    Sums set_aside, paid;        // payouts by address: that hold or moved money; that are proved
    struct Open {
        std::string key, destination;
        std::int64_t amount = 0;
    };
    std::vector<Open> open;         // that may have left
    std::vector<BatchSeen> batches; // not done
    std::int64_t breaks = 0;        // of money from strangers
};
BookSeen look(db::Database& db, OrganizerId organizer);

class Laws {
public:
    Laws(FreshDatabase& db, LocalNetwork& network, Festival& festival);

    // After a step; empty, or the law that is broken. `settled`: a settlement came to its end in it.
    std::string find_broken(bool settled);
    std::string find_left_over(); // when all is done: what should have been paid and was not

private:
    std::string check_sales(bool settled) const;
    std::string check_shares() const;
    std::string check_reserved() const;
    std::string check_chain();
    FreshDatabase& m_db;
    LocalNetwork& m_network;
    Festival& m_festival;
    BookSeen m_now;
    Sums m_held;            // on the chain, by address
    int m_moved = 0;        // the network, when that was read
    Sums m_reserved_before; // by party
};

} // namespace passa::test
