// What a Stellar RPC server says of contracts: what a call would do (simulateTransaction), and what they told
// (getEvents). XDR stays base64 text until somebody needs it.
#pragma once
#include "lib/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::stellar::rpc {

struct Change { // of a ledger entry; before is empty when it is new, after when it is gone
    std::string key;
    std::string before, after; // LedgerEntry
};

struct Assembly {                  // what a transaction must carry
    std::string data;              // SorobanTransactionData
    std::int64_t resource_fee = 0; // stroops, at least
};

struct Simulated {
    std::string error;               // empty: it would succeed; else the first words of it, and data may be missing
    Assembly assembly;               //
    std::string value;               // ScVal; empty: no call of a contract
    std::vector<std::string> auth;   // SorobanAuthorizationEntry, to be signed
    std::vector<std::string> events; // DiagnosticEvent; of a failure too
    std::optional<Assembly> restore; // what must be restored first
    std::vector<Change> changes;     //
    std::uint32_t latest_ledger = 0; // 0 with some errors
};

struct Event {
    std::string id;       // the cursor that stands behind it
    std::string type;     // contract or system
    std::string contract; // C; empty: the host's
    std::uint32_t ledger = 0;
    std::uint32_t transaction = 0, operation = 0; // their places in it
    std::string hash;                             // of the transaction
    std::vector<std::string> topics;              // ScVal
    std::string value;                            // ScVal
};

struct EventPage {
    std::vector<Event> events;
    std::string cursor; // where the next page begins, also when this one is empty
    std::uint32_t latest_ledger = 0;
    std::uint32_t oldest_ledger = 0; // events of earlier ledgers cannot be had any more
};

// Which events. One filter a question: servers before 27.1.1 lost some when asked by several.
struct EventQuestion {
    std::uint32_t from_ledger = 0; // used when there is no cursor
    std::string cursor = {};
    std::vector<std::string> contracts = {};           // C; at most five; none: all
    std::vector<std::vector<std::string>> topics = {}; // rows of ScVal, "*" or, last, "**"; at most five
    std::size_t limit = 100;                           // at most 10,000
};

struct SimulationQuestion {
    std::string envelope;
    bool enforce = false; // true: the auth entries are signed, and are tried
};

} // namespace passa::stellar::rpc
