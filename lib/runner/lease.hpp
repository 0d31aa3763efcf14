// The right to work on a job of one scope. While it is held, every transaction of the desk's database that writes
// checks its number first: a worker that was thought dead and comes back commits nothing (fencing).
#pragma once
#include "lib/lease/lease.hpp"
#include "lib/runner/run.hpp"

namespace passa::runner {

// Who works, for whom.
struct Desk {
    db::Database& db;
    OrganizerId organizer;
    IdSource& ids;
    std::string actor;
    std::string worker;        // host and process, for people
    std::string code_version;  // the git revision that the run is recorded under
    std::string declared = {}; // the declared job that asks; none: a person
    std::function<std::optional<ExitCode>()> stopped = [] {
        return std::nullopt;
    }; // asked to, and the exit code for it
    std::function<void(std::string_view)> say = [](std::string_view) {};
    Duration lease = std::chrono::seconds{60};   // life without a beat
    Duration patience = std::chrono::seconds{3}; // the database needs a moment to notice that a killed worker is gone
};

enum class Intent : std::uint8_t { work, skip }; // who says that it is not needed does not begin it

class Lease {
public:
    // Takes up the run; makes its row if nobody asked for it before. Error job.busy: somebody works on this job and
    // scope.
    Lease(const Desk& desk, RunKey key, Intent intent = Intent::work);
    ~Lease() = default; // given back; the run stays as it is, for the next one to go on
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] JobRunId run() const { return m_run; }
    [[nodiscard]] bool was_ended() const { return !m_lease.is_ours(); } // before: there is nothing to take up
    // Asks the database, whatever the heartbeat has heard last. Error job.lease_lost.
    void require_live() const;

private:
    bool is_ended(db::Transaction& tx); // finds m_run
    bool take_up(db::Transaction& tx);  // false: it was ended by who held it until now
    const Desk& m_desk;
    RunKey m_key;
    Intent m_intent;
    JobRunId m_run;
    lease::Lease m_lease;
    std::optional<db::Fence> m_fence; // gone before the lease is given back
};

// For the rest of the transaction nobody takes up a run of this job and scope. Error job.busy: somebody works on it.
void require_idle(db::Transaction& tx, const Desk& desk, const RunKey& key);

} // namespace passa::runner
