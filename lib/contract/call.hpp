// One transaction to a network that carries no payments: a contract uploaded, created, called, kept alive. Its exact
// bytes are stored before any byte leaves, and what became of them is proved like a payment's.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/base/id.hpp"
#include "lib/db/database.hpp"
#include "lib/rail/pursue.hpp"

namespace passa {
struct CallTag {
    static constexpr std::string_view prefix = "cal";
};
using CallId = Id<CallTag>;
} // namespace passa

namespace passa::contract {

struct Desk {
    db::Database& db;
    OrganizerId organizer;
    IdSource& ids;
    Clock& clock;
    std::string actor;
    Duration lease = std::chrono::seconds{60}; // of the source's numbers, without a beat
};

enum class Purpose : std::uint8_t { upload, create, invoke, extend, restore };
std::string_view name(Purpose purpose);

struct Wanted {
    Purpose purpose{};
    std::string contract; // C...; of an upload the hash of the code
    std::string words;    // what people were shown before it was signed
    // What is stored together with the call, or not at all.
    std::function<void(db::Transaction& tx, CallId call)> together = {};
};

struct Call : rail::Followed {
    CallId id;
    Wanted wanted;
    std::string state; // prepared, sent, unknown; confirmed, dead
    std::string reason;
    std::optional<money::Amount> charged;
    std::string actor;
    Instant made_at{};
};

std::span<const db::Statement> statements(); // this module's

void insert_call(db::Transaction& tx, const Desk& desk, const Call& call);
// Moves it on with what was heard. Error contract.moved: it stands otherwise than whoever followed it thought.
void record_outcome(db::Transaction& tx, const Desk& desk, Call& call, const rail::Outcome& outcome);
std::vector<Call> load_open_calls(db::Transaction& tx, OrganizerId organizer, const std::string& network,
                                  const std::string& source);
std::vector<Call> load_calls(db::Transaction& tx, OrganizerId organizer, std::int64_t limit); // the newest first
// The account's numbers as its calls bear witness: the highest that was in a ledger, which a server may not have seen
// yet; and the lowest above it of a call that came to nothing, which whoever comes next takes again.
struct Numbers {
    std::int64_t used = 0;
    std::optional<std::int64_t> dead = {};
};
Numbers load_numbers(db::Transaction& tx, OrganizerId organizer, const std::string& network, const std::string& source);

} // namespace passa::contract
