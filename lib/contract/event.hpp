// What contracts tell, as it is kept: every event once, as evidence, with how far each contract was heard. Servers
// forget events after about a week: what was missed then is a gap, and stays named.
#pragma once
#include "lib/contract/call.hpp"

namespace passa::contract {

struct Stream { // the events of one contract
    std::string network;
    std::string contract; // C...
};

struct Event {
    std::string id; // the network's; in its order things happened
    std::int64_t ledger = 0;
    std::string transaction;         // its hash
    Bytes raw;                       // ContractEvent, XDR
    std::optional<std::string> said; // JSON, in the terms of the contract's interface; none: too long for that
};

struct Gap { // ledgers whose events could not be had any more
    std::int64_t from = 0, to = 0;
    Instant found_at{};
};

struct Heard {
    std::int64_t from = 0;    // the first ledger that was asked for
    std::int64_t through = 0; // all up to here was heard, but for the gaps
    std::string cursor;       // where the next question begins
    Instant at{};
};

// What one question was answered.
struct Page {
    std::optional<Heard> before; // what was heard when it was asked
    std::vector<Event> events;
    std::int64_t from = 0;    // the ledger it was asked from
    std::int64_t through = 0; // the last ledger of which it tells all
    std::string cursor;
    std::optional<Gap> gap = {}; // before `from`
};

std::optional<Heard> find_heard(db::Transaction& tx, OrganizerId organizer, const Stream& stream);
// Returns what was heard with it. Error contract.heard_elsewhere: somebody else heard more
// meanwhile.
Heard store_page(db::Transaction& tx, const Desk& desk, const Stream& stream, const Page& page);

struct EventFilter {
    std::string after; // an event's id; empty: from the first
    std::int64_t limit = 100;
};
std::vector<Event> load_events(db::Transaction& tx, OrganizerId organizer, const Stream& stream,
                               const EventFilter& filter);
std::vector<Gap> load_gaps(db::Transaction& tx, OrganizerId organizer, const Stream& stream);

} // namespace passa::contract
