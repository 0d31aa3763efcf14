// The nouns of payouts: a batch of intents, the tries made for each, and who works on them.
#pragma once
#include "lib/db/database.hpp"
#include "lib/ledger/account.hpp"
#include "lib/payout/state.hpp"

#include <functional>
#include <string>
#include <vector>

namespace passa {
struct BatchTag {
    static constexpr std::string_view prefix = "bat";
};
struct PayoutTag {
    static constexpr std::string_view prefix = "pay";
};
struct AttemptTag {
    static constexpr std::string_view prefix = "att";
};
struct EvidenceTag {
    static constexpr std::string_view prefix = "evd";
};
using BatchId = Id<BatchTag>;
using PayoutId = Id<PayoutTag>;
using AttemptId = Id<AttemptTag>;
using EvidenceId = Id<EvidenceTag>;
} // namespace passa

namespace passa::payout {

using money::Amount;

// Who works, for whom. Flows that talk to a rail make their own transactions: none is open while the network is asked.
struct Desk {
    db::Database& db;
    OrganizerId organizer;
    IdSource& ids;
    Clock& clock;
    std::string actor;
    std::string os_user = {}; // evidence beside what the actor says of himself
    std::function<void(std::string_view)> say = [](std::string_view) {}; // what is waited for
    Duration lease = std::chrono::seconds{60};                           // a sender's, without a beat
};

struct Treasury {
    TreasuryId id;
    std::string name;
    std::string rail;
    std::optional<std::string> network;
    std::string account;
    std::optional<std::string> policy; // none: the only one
    money::Asset asset;
};

// Awaiting approval -> approved -> running -> drained (all sent or refused); or cancelled.
struct Batch {
    BatchId id;
    std::string state;
    std::optional<EventId> event;
    std::optional<std::string> event_name;
    std::optional<IdBytes> settlement;
    Treasury treasury;
    IdBytes policy{};
    bool single_person = false;
    Duration approval_valid_for{};
    std::int64_t persons = 1;           // who must agree, by the policy and what it comes to
    std::vector<std::string> approvers; // who may; none: anybody but the maker
    std::optional<std::string> key;     // the caller's own name for it
    Hash256 sha256{};                   // over its canonical text: what is approved
    std::string made_by;
    std::string made_os_user;
    Instant made_at;
};

struct Payout {
    PayoutId id;
    std::int64_t pos = 0;
    std::optional<PartyId> party;
    std::optional<std::string> party_name; // none: an expense to somebody who is not a party
    std::optional<EventId> event;
    std::string source; // payable or expense
    std::string reference;
    std::optional<std::int64_t> file_line; // of the payment file it was made from
    std::optional<std::string> row_key;    // the caller's own name for it
    Amount owed;                           // of its event, after netting
    Amount netted;                         // what it owed us for other events, cleared with this payout
    Amount amount;
    std::optional<IdBytes> exchange_rate;
    std::optional<std::string> rail;
    std::optional<std::string> destination;
    std::optional<std::string> memo;
    bool own_memo = false; // its file line brought it; else it is its party's
    State state = State::planned;
    std::string reason;
    bool found_paid = false; // on the chain, after the book had given it up: a person closed a break as paid
    std::optional<std::string> attempt_key; // of the last attempt
};

// Payouts of one batch, one state and one asset.
struct StateSum {
    State state{};
    Amount amount;
    std::int64_t payouts = 0;
    bool found_paid = false; // as of Payout
};

struct Approval {
    Hash256 sha256{};
    std::string approved_by;
    std::string os_user;
    std::string db_user;
    Instant approved_at;
};

} // namespace passa::payout
