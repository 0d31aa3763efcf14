// Runs of jobs as rows. A run is (job, scope, period): whoever asks for the same, however often and from wherever,
// means the same run.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/db/database.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace passa {
struct JobRunTag {
    static constexpr std::string_view prefix = "job";
};
using JobRunId = Id<JobRunTag>;
} // namespace passa

namespace passa::runner {

struct RunKey {
    std::string job;   // its name: settle
    std::string scope; // what it is about, such as an event's name; empty: all of the organizer
    Instant from;      // the period, half-open; both the same instant: asked for by hand
    Instant until;
};

inline constexpr std::size_t k_longest_error = 1'000; // kept of an error: some of it is remote text

using Counts = std::map<std::string, std::int64_t>; // by the word that people read: "lines"

// running: a worker holds it, or was interrupted; the next one that asks goes on with it. partial: the rest is done,
// but some items were given up, or left out while they are paused. skipped: a person said that it is not needed.
enum class RunState : std::uint8_t { running, done, partial, failed, skipped };
std::string_view name(RunState state);

struct Run {
    JobRunId id;
    RunKey key;
    RunState state{};
    int attempts = 0;              // workers that took it up
    std::optional<int> planned;    // items, by the last of them
    std::optional<Hash256> inputs; // of job, scope, period and planned items, by the last of them
    Counts counts;
    std::optional<int> exit_code;
    std::string error_code;
    std::string error;
    std::string asked_by;
    std::string declared; // the declared job that asked for it first; empty: a person did
    std::string skipped_by;
    std::string skip_reason;
    std::string code_version;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::string worker;   // who took it up last: host and process
    bool is_held = false; // somebody works on it now
};

Counts& operator+=(Counts& sum, const Counts& more);
std::string counts_json(const Counts& counts);
Counts parse_counts(const std::string& json); // as counts_json wrote it

// dead: given up, for the error. discarded: and a person said that it stays so.
enum class ItemState : std::uint8_t { done, dead, discarded };
std::string_view name(ItemState state);

// An item that a run has finished with.
struct EndedItem {
    std::string key;
    ItemState state{};
    int tries = 0;
    Counts counts;
    std::string error_code;
    std::string error;
    Instant at;
    std::string decided_by; // of one discarded
    std::string reason;
};

struct RunFilter {
    std::optional<std::string> job;
    std::optional<JobRunId> id;
    std::int64_t limit = 50;
    std::optional<std::string> declared = {}; // asked for first by this declared job
};

std::vector<Run> load_runs(db::Transaction& tx, OrganizerId organizer, const RunFilter& filter); // newest first
Run get_run(db::Transaction& tx, OrganizerId organizer, JobRunId id);                            // error job.no_run
// Of these keys, those that any run of this job and scope has finished with; what a person had tried again is not.
struct JobScope {
    std::string job;
    std::string scope;
};
std::set<std::string> find_ended(db::Transaction& tx, OrganizerId organizer, const JobScope& what,
                                 const std::vector<std::string>& keys);
// Ended well so long ago, by the database's clock, and nothing rests on them any more. At least a month, or the
// database refuses to delete them.
std::vector<JobRunId> find_old_runs(db::Transaction& tx, OrganizerId organizer, Duration kept, std::int64_t limit);
void delete_runs(db::Transaction& tx, OrganizerId organizer, const std::vector<JobRunId>& runs);

std::vector<EndedItem> load_items(db::Transaction& tx, OrganizerId organizer, JobRunId run);

} // namespace passa::runner
