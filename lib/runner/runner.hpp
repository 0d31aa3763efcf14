// The one way to run a batch of work unattended: take the job, plan its items, do them one by one, keep what is done,
// try again what passes by itself, give up what does not, and say how it ended.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/base/random.hpp"
#include "lib/runner/lease.hpp"
#include "lib/runner/retry.hpp"

#include <functional>

namespace passa::runner {

// One piece of a run.
class Item {
public:
    Item(const Desk& desk, const Lease& lease, std::string key, int tries)
        : m_desk(desk), m_lease(lease), m_key(std::move(key)), m_tries(tries) {}
    [[nodiscard]] const std::string& key() const { return m_key; }

    // In the transaction that does the item, or the last of them: both stand, or neither. Once.
    void done(db::Transaction& tx, const Counts& counts);
    void dead(db::Transaction& tx, const Problem& why);
    [[nodiscard]] bool is_said() const { return m_is_said; }
    // Before each effect outside of the database, which no transaction can fence. Error job.lease_lost.
    void require_live() const { m_lease.require_live(); }

private:
    const Desk& m_desk;
    const Lease& m_lease;
    std::string m_key;
    int m_tries;
    bool m_is_said = false;
};

// plan changes nothing. step does one item and says so by Item::done, unless the desk was asked to stop meanwhile; it
// may be repeated after any error, so it finds done what was done of it before.
struct Job {
    std::function<std::vector<std::string>()> plan; // the keys of the items, in their order
    std::function<void(Item& item)> step;
    std::function<void(const Counts& all)> conclude = [](const Counts&) {}; // throws what a person must look at
    // What step would count of an item, for whoever only looks; changes nothing. None: nobody can tell before.
    std::function<std::optional<Counts>(const std::string& item)> foresee = {};
    // What a pause would name to leave the item out: its event, its treasury.
    std::function<std::string(const std::string& item)> about = [](const std::string& item) { return item; };
};

struct Pace {
    Random& random;
    std::function<void(Duration)> sleep; // ends early when the desk is asked to stop
    Clock& steady;                       // of the rate
    Backoff backoff = {};
    std::optional<int> items_per_minute = {}; // none: as fast as they come
};

struct Report {
    Run run;
    std::vector<EndedItem> items;
    bool was_ended = false; // it was done before: nothing was done now
    Problems problems;      // of the items given up now, or what stopped the run
};

// Errors job.busy, job.paused, job.lease_lost, job.circuit_open (of a declared job: a person may try). Every other
// error of the job is in the report, and in the run's row.
Report execute(const Desk& desk, const RunKey& key, const Job& job, const Pace& pace);

// A person says that a period is not needed, or that a run shall not be gone on with. What it did stays done. Errors
// job.busy; job.ended: it is done.
JobRunId skip(const Desk& desk, const RunKey& key, std::string_view reason);

} // namespace passa::runner
