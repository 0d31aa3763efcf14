// What an organizer's books, payouts and jobs are doing now, for somebody who watches: few rows, by queries that cost
// the same however much was sold and paid before.
#pragma once
#include "lib/db/database.hpp"
#include "lib/ledger/account.hpp"
#include "lib/money/amount.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::overview {

struct EventNow {
    std::string name;
    std::int64_t sold = 0;                // tickets
    std::optional<std::int64_t> capacity; // none: some tier is unlimited
    std::int64_t lines = 0;               // of sales, refunds and fees
    std::int64_t unsettled = 0;           // of those
    bool is_importing = false;
    std::optional<Instant> imported_at;     // last
    std::optional<Instant> settled_through; // by the last settlement
    money::Amount settled;                  // what settlements took in, net
};

struct PayoutsNow {
    std::string state; // unknown is first
    std::string asset;
    std::int64_t count = 0;
    std::optional<money::Amount> total;  // none: of those that are over
    std::optional<Instant> oldest_since; // none: of those that are over
};

struct JobNow {
    std::string name; // of the declared job; one asked for by hand: the job
    std::string job;
    std::string scope; // empty: all of the organizer
    bool is_declared = false;
    bool is_paused = false;
    std::optional<Instant> due_since; // the last period that ended, when nobody did it
    std::optional<Instant> next;      // when the coming period ends
    std::string worker;               // who holds the lease; empty: nobody
    std::string last_state;           // of the newest run; empty: none
    std::optional<int> last_exit;
    std::optional<Instant> last_at; // when it ended, or began
    std::string last_error;
};

struct BreaksNow {
    std::string type;
    std::string treasury;
    std::int64_t count = 0;
    Instant oldest_since;
};

struct Overview {
    std::string organizer; // as people call it
    std::vector<EventNow> events;
    std::vector<PayoutsNow> payouts;
    std::vector<JobNow> jobs;
    std::vector<BreaksNow> breaks;
};
inline constexpr std::int64_t k_most_events = 50;         // those whose day is nearest
inline constexpr std::int64_t k_most_jobs = 50;           // declared, and as many by hand
inline constexpr std::int64_t k_most_payouts_over = 9999; // looked at in the last day

// Of that event alone, or of all: jobs and breaks are the organizer's in either case.
Overview load_overview(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event, Instant now);

} // namespace passa::overview
