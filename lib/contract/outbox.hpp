// What a contract is to be told, once each. A row belongs to a call from the moment that the call is stored; what
// becomes of the call becomes of it.
#pragma once
#include "lib/contract/call.hpp"

#include <set>

namespace passa {
struct OutboxTag {
    static constexpr std::string_view prefix = "out";
};
using OutboxId = Id<OutboxTag>;
} // namespace passa

namespace passa::contract {

struct Wish {
    std::string contract; // its name
    std::string function;
    std::string key;                 // the same again changes nothing
    std::string shared;              // JSON: arguments by name
    std::optional<std::string> list; // the argument that takes this element, with those of other rows
    std::optional<std::string> item; // JSON
    friend bool operator==(const Wish&, const Wish&) = default;
};
// False: it is there already. Error contract.other_wish: another one of the same key is.
bool queue(db::Transaction& tx, const Desk& desk, const Wish& wish);

struct Queued {
    OutboxId id;
    Wish wish;
    std::string state; // waiting, sent, done, refused
    std::optional<std::string> transaction, refused;
    std::string made_by;
    Instant made_at{};
};
// What can go in one call with the row that waits longest; oldest first.
std::vector<Queued> load_next(db::Transaction& tx, OrganizerId organizer, const std::string& contract,
                              std::int64_t limit);
struct QueueFilter {
    std::string contract;
    std::optional<std::string> state = {};
    std::int64_t limit = 100;
};
std::vector<Queued> load_queue(db::Transaction& tx, OrganizerId organizer, const QueueFilter& filter); // newest first
// Whichever contracts are told so.
std::vector<Queued> load_queued(db::Transaction& tx, OrganizerId organizer, const std::string& function,
                                const std::string& key);
std::set<std::string> load_keys(db::Transaction& tx, OrganizerId organizer, const std::string& contract,
                                const std::string& function);
std::vector<std::string> load_waiting_contracts(db::Transaction& tx, OrganizerId organizer); // with open rows, by name

// In the transaction that stores the call. Error contract.told_elsewhere: another call has one of them.
void assign(db::Transaction& tx, const Desk& desk, const std::vector<Queued>& rows, CallId call);
void refuse(db::Transaction& tx, const Desk& desk, OutboxId id, std::string_view why); // given up

} // namespace passa::contract
