// Notices that are still to be said, and what became of the others. They are written by the transactions of the facts
// that they tell (migration 0015).
#pragma once
#include "lib/db/database.hpp"

#include <string>
#include <vector>

namespace passa {
struct NoticeTag {
    static constexpr std::string_view prefix = "ntc";
};
using NoticeId = Id<NoticeTag>;
} // namespace passa

namespace passa::notify {

enum class NoticeState : std::uint8_t { waiting, sent, dead }; // dead: given up, for the error
std::string_view name(NoticeState state);

struct Notice {
    NoticeId id; // of the message too: a receiver that sees it twice has seen one
    std::string channel;
    std::string kind;      // run.failed
    std::string payload;   // a flat JSON object of texts and numbers
    std::string organizer; // as people call it
    NoticeState state{};
    int tries = 0;
    Instant next_at; // of the next try
    std::string error;
    Instant created_at;
    std::optional<Instant> ended_at;
};

// Takes one that is due, or that one, and hides it from others until `hidden_until`.
struct Claim {
    Instant now;
    Instant hidden_until;
    std::optional<NoticeId> only = {};
    std::vector<std::string> not_over = {}; // channels
};
std::optional<Notice> claim_notice(db::Transaction& tx, OrganizerId organizer, const Claim& claim);
void end_notice(db::Transaction& tx, OrganizerId organizer, const Notice& notice); // its state, error and next_at
std::vector<Notice> load_notices(db::Transaction& tx, OrganizerId organizer, std::optional<NoticeState> state,
                                 std::int64_t limit); // newest first
// Payouts whose outcome nobody knows though their time is over: told once for each try on a rail.
void note_unknown_payouts(db::Transaction& tx, OrganizerId organizer, Instant now);

// Notices that were given up wait again: those, or the oldest of all; error notice.not_dead for one that was not, and
// then none.
struct Retry {
    std::vector<NoticeId> ids; // none: all
    std::string actor;
    IdBytes audit_id{};
    std::int64_t most = 1'000; // of all
};
std::vector<Notice> retry_notices(db::Transaction& tx, OrganizerId organizer, const Retry& retry);

// Delivered so long ago, by the database's clock. At least a month, or the database refuses to delete them.
std::vector<NoticeId> find_old_notices(db::Transaction& tx, OrganizerId organizer, Duration kept, std::int64_t limit);
void delete_notices(db::Transaction& tx, OrganizerId organizer, const std::vector<NoticeId>& notices);

// What systemd saw fail: once an hour for each unit of a machine, unless a run of its job has told it itself just now.
struct FailedUnit {
    std::string unit;
    std::string host;
    std::string job;      // what it runs; empty: no one job
    std::string declared; // the declared job that it starts
};
void tell_failed_unit(db::Transaction& tx, OrganizerId organizer, const FailedUnit& failed);

void add_test(db::Transaction& tx, OrganizerId organizer, NoticeId id, const std::string& channel);

} // namespace passa::notify
