// Jobs that run by themselves, as manifests of kind Job declare them (written by lib/catalog), and which of their
// periods are due.
#pragma once
#include "lib/runner/run.hpp"

namespace passa::runner {

// A folder that exports arrive in.
struct Watched {
    std::string folder;
    std::string profile;
    Duration quiet{};                        // nothing of a file may have changed for so long
    std::optional<std::int64_t> max_refused; // rows of a file; with more nothing of it is booked; none: no limit
};

// What the job housekeeping keeps, and for how long.
struct Upkeep {
    Duration keep_for{};                // of what was delivered, and of runs that ended well
    std::optional<Duration> copy_every; // none: no copies of the database
    std::optional<std::string> folder;  // of the copies; none: base copies, into the private database's archive
    std::string key;                    // that opens those in the folder
    std::optional<std::int64_t> copies; // the newest that stay; none: all
};

struct Declared {
    std::string name;
    std::string job;
    std::string scope;
    std::string schedule; // as written
    std::string zone;     // of its times of day: the organizer's
    std::optional<Duration> timeout;
    std::int64_t max_catchup = 0;
    std::optional<int> items_per_minute; // none: as fast as they come
    std::optional<std::string> network;  // of a job that pays: where money may move
    std::optional<Watched> watched;
    std::optional<Upkeep> upkeep;
    std::optional<Instant> next; // when the coming period ends
};

Instant get_time(db::Transaction& tx); // the database's

std::vector<Declared> load_declared(db::Transaction& tx, OrganizerId organizer, Instant now); // by name
std::optional<Declared> find_declared(db::Transaction& tx, OrganizerId organizer, std::string_view name, Instant now);

struct DueFilter {
    Instant until; // none that ends later: now, or before
    std::int64_t most = 1'000;
};
// Periods whose runs are not ended, oldest first.
std::vector<RunKey> load_due(db::Transaction& tx, OrganizerId organizer, const Declared& declared,
                             const DueFilter& filter);

} // namespace passa::runner
