// The right to work on a job of one scope. While it is held, every transaction of the desk's database that writes
// checks its number first: a worker that was thought dead and comes back commits nothing (fencing).
#pragma once
#include "lib/runner/heartbeat.hpp"
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

class Lease {
public:
    // Takes up the run; makes its row if nobody asked for it before. Error job.busy: somebody works on this job and
    // scope.
    Lease(const Desk& desk, RunKey key);
    ~Lease(); // given back; the run stays as it is, for the next one to go on
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] JobRunId run() const { return m_run; }
    [[nodiscard]] bool was_ended() const { return !m_number; } // before: there is nothing to take up
    // Asks the database, whatever the heartbeat has heard last. Error job.lease_lost.
    void require_live() const;

private:
    enum class Taken : std::uint8_t { yes, no, needless };
    Taken look();
    Taken take(db::Transaction& tx);
    bool is_ended(db::Transaction& tx); // finds m_run
    void note_worker();                 // the session that a taker would have to end
    template <typename... More>
    std::int64_t touch(db::Transaction& tx, const db::Statement& statement, const More&... more) const {
        return tx.execute(statement, m_desk.organizer, m_key.job, m_key.scope, *m_number, more...);
    }
    const Desk& m_desk;
    RunKey m_key;
    JobRunId m_run;
    std::string m_holder;
    std::optional<std::int64_t> m_number;
    std::atomic<int> m_session = 0; // of the worker
    std::optional<db::Fence> m_fence;
    std::optional<Heartbeat> m_heartbeat;
};

// For the rest of the transaction nobody takes up a run of this job and scope. Error job.busy: somebody works on it.
void require_idle(db::Transaction& tx, OrganizerId organizer, const RunKey& key);

} // namespace passa::runner
