// The flow of one run.
#include "lib/runner/runner.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/log/log.hpp"
#include "lib/runner/circuit.hpp"
#include "lib/runner/pause.hpp"
#include "lib/runner/rate.hpp"
#include "runner_sql.hpp"

#include <algorithm>
#include <set>

namespace passa::runner {
namespace {

// Each part with its length before it: no two lists of parts read the same.
Hash256 hash_of(const RunKey& key, const std::vector<std::string>& items) {
    std::string text;
    const auto add = [&](const std::string& part) { text += fmt::format("{}:{}", part.size(), part); };
    for (const auto& part : {key.job, key.scope, to_text(key.from), to_text(key.until)}) add(part);
    for (const auto& item : items) add(item);
    return crypto::sha256(as_bytes(text));
}

class Work {
public:
    Work(const Desk& desk, const Lease& lease, const Job& job, const Pace& pace)
        : m_desk(desk), m_lease(lease), m_job(job), m_pace(pace) {
        if (pace.items_per_minute) m_rate.emplace(*pace.items_per_minute);
    }

    // False when it was asked to stop between two items. Errors job.paused: the job, or the run's scope, was meanwhile;
    // job.circuit_open.
    bool go(const RunKey& key) {
        const auto planned = m_job.plan();
        note_plan(key, planned);
        const auto ended = load_ended();
        look_at_circuit(key);
        for (const auto& item : planned) {
            if (ended.contains(item)) continue;
            if (m_rate) wait(m_rate->take(m_pace.steady.now()));
            if (m_desk.stopped()) return false;
            m_lease.require_live();
            if (is_paused(key, item)) continue;
            if (!take_item(item)) return false;
        }
        m_counts = count();
        return true;
    }

    // What a person must look at, of all that was done.
    Problems conclude() {
        try {
            m_job.conclude(m_counts);
        } catch (const Error& error) {
            return error.problems();
        } catch (const std::exception& error) {
            return {problem_of(error)}; // a defect is told like every end, and other jobs go on
        }
        return {};
    }

    // The lease is checked by the fence, as in every transaction here.
    void end(RunState state, ExitCode exit_code, const Problem& why) {
        write("job.end", [&](db::Transaction& tx) {
            tx.run(sql::end_run, m_desk.organizer, m_lease.run(), name(state), static_cast<int>(exit_code), why.code,
                   printable(why.message, k_longest_error));
        });
    }

    Problems given_up; // dead
    Problems left_out; // paused: a later run's
    Problems left;     // not done for a reason that may pass: the next attempt goes on with them

private:
    template <typename F>
    void write(std::string_view what, F&& fn) {
        db::transact(m_desk.db, {.organizer = m_desk.organizer, .what = what}, std::forward<F>(fn));
    }
    template <typename F>
    auto read(F&& fn) {
        return db::transact(m_desk.db, {m_desk.organizer, db::Isolation::repeatable_read, true}, std::forward<F>(fn));
    }

    // Of the whole job or the run's scope: the run stops. Of what the item is about: it is left to a later run.
    bool is_paused(const RunKey& key, const std::string& item) {
        const auto about = m_job.about(item);
        const auto pauses = read([&](auto& tx) {
            return find_pauses(tx, m_desk.organizer, key.job, {key.scope, about});
        });
        for (const auto& pause : pauses)
            if (pause.scope.empty() || pause.scope == key.scope) throw paused(pause);
        for (const auto& pause : pauses) {
            left_out.push_back(paused(pause).first());
            left_out.back().kind = Kind::partial; // of this run; the others go on
            m_desk.say(fmt::format("{} is left out: {}", item, left_out.back().message));
        }
        return !pauses.empty();
    }

    void note_plan(const RunKey& key, const std::vector<std::string>& planned) {
        const auto hash = hash_of(key, planned);
        write("job.plan", [&](db::Transaction& tx) {
            tx.run(sql::plan_run, m_desk.organizer, m_lease.run(), static_cast<std::int64_t>(planned.size()), hash);
        });
    }

    // By attempts before this one; what they gave up, the run has given up.
    std::set<std::string> load_ended() {
        std::set<std::string> keys;
        for (const auto& item : read([&](auto& tx) { return load_items(tx, m_desk.organizer, m_lease.run()); })) {
            keys.insert(item.key);
            if (item.state == ItemState::dead)
                given_up.push_back({Kind::failed, item.error_code, fmt::format("{}: {}", item.key, item.error), ""});
        }
        return keys;
    }

    Counts count() {
        Counts all;
        for (const auto& item : read([&](auto& tx) { return load_items(tx, m_desk.organizer, m_lease.run()); }))
            all += item.counts;
        return all;
    }

    bool is_ended(const std::string& key) {
        return read([&](auto& tx) { return !tx.run(sql::find_item, m_desk.organizer, m_lease.run(), key).empty(); });
    }

    void wait(Duration time) {
        if (time > Duration::zero()) m_pace.sleep(time);
    }

    void look_at_circuit(const RunKey& key) {
        m_what = {key.job, key.scope};
        m_circuit = read([&](auto& tx) { return find_circuit(tx, m_desk.organizer, m_what); });
    }

    // A circuit that was open is tried with one question.
    [[nodiscard]] int most_tries() const { return m_circuit && m_circuit->open_until ? 1 : m_pace.backoff.tries; }

    void close() {
        if (!m_circuit) return;
        write("job.circuit", [&](auto& tx) { close_circuit(tx, m_desk.organizer, m_what); });
        m_circuit.reset();
    }

    // Error job.circuit_open: it was not the first.
    void leave(const Problem& why) {
        left.push_back(why);
        if (!find_dependency(why)) return;
        write("job.circuit", [&](auto& tx) { m_circuit = note_failure(tx, m_desk.organizer, m_what, why); });
        if (m_circuit->is_open) throw circuit_open(m_what, *m_circuit);
    }

    // False: asked to stop while waiting for another try.
    bool take_item(const std::string& key) {
        const auto busy_with = in("{}", key);
        log::info("item", "{}", key);
        for (int tries = 1; !try_item(key, tries); ++tries) {
            m_pace.sleep(wait_before(tries + 1, m_pace.backoff, m_pace.random));
            if (m_desk.stopped()) return false;
            m_lease.require_live();
        }
        return true;
    }

    // False: try again. After a try that went wrong the books say whether it was done: its commit may be in doubt.
    bool try_item(const std::string& key, int tries) {
        Item item{m_desk, m_lease, key, tries};
        try {
            if (tries > 1 && is_ended(key)) return true;
            m_job.step(item);
            const bool is_left = !item.is_said() && m_desk.stopped();
            PASSA_ASSERT(item.is_said() || is_left);
            if (!is_left) close();
            return !is_left;
        } catch (const Error& error) {
            const auto verdict = judge(error);
            if (verdict == Verdict::stop) throw;
            if (verdict == Verdict::again && m_desk.stopped()) return false;
            if (verdict == Verdict::again && tries < most_tries()) {
                m_desk.say(
                    fmt::format("{}: {}; try {} of {} follows", key, error.first().message, tries + 1, most_tries()));
                return false;
            }
            if (verdict == Verdict::give_up)
                give_up(item, error.first());
            else if (!is_ended(key)) // the last try may have been done after all
                leave(error.first());
            return true;
        }
    }

    void give_up(Item& item, const Problem& why) {
        bool is_dead = false;
        write("job.dead", [&](db::Transaction& tx) { // the last try may have been done after all
            is_dead = tx.run(sql::find_item, m_desk.organizer, m_lease.run(), item.key()).empty();
            if (is_dead) item.dead(tx, why);
        });
        if (is_dead) given_up.push_back(why);
    }

    const Desk& m_desk;
    const Lease& m_lease;
    const Job& m_job;
    const Pace& m_pace;
    JobScope m_what;
    std::optional<Rate> m_rate;
    std::optional<Circuit> m_circuit;
    Counts m_counts;
};

// Does the work and writes down how it ended; one that was asked to stop stays running, for the next one to go on with.
Problems work_on(const RunKey& key, Work& work, const Desk& desk) {
    try {
        if (!work.go(key)) {
            work.end(RunState::running, desk.stopped().value_or(ExitCode::terminated),
                     {.code = "job.stopped", .message = "asked to stop"});
            return {};
        }
    } catch (const Error& error) {
        const auto& why = error.first();
        if (why.code == "job.lease_lost") throw; // the run is another's now
        if (why.code == "job.paused") {
            work.end(RunState::running, ExitCode::busy, why);
            return {};
        }
        work.end(RunState::failed, exit_code_for(why.kind), why);
        return error.problems();
    } catch (const std::exception& error) {
        const auto why = problem_of(error);
        work.end(RunState::failed, exit_code_for(why.kind), why);
        return {why};
    }
    Problems problems = work.left;
    problems.insert(problems.end(), work.given_up.begin(), work.given_up.end());
    problems.insert(problems.end(), work.left_out.begin(), work.left_out.end());
    const auto found = work.conclude();
    problems.insert(problems.end(), found.begin(), found.end());
    if (problems.empty())
        work.end(RunState::done, ExitCode::ok, {});
    else if (!work.left.empty())
        work.end(RunState::failed, exit_code_for(problems.front().kind), problems.front());
    else if (!work.given_up.empty() || !work.left_out.empty())
        work.end(RunState::partial, ExitCode::partial, problems.front());
    else // all of it was done, and a person must look at it
        work.end(RunState::done, exit_code_for(problems.front().kind), problems.front());
    return problems;
}

// A person who asks knows more than the circuit does.
void require_free(db::Transaction& tx, const Desk& desk, const RunKey& key) {
    const auto pauses = find_pauses(tx, desk.organizer, key.job, {key.scope});
    if (!pauses.empty()) throw paused(pauses.front());
    const JobScope what{key.job, key.scope};
    const auto circuit = find_circuit(tx, desk.organizer, what);
    if (!desk.declared.empty() && circuit && circuit->is_open) throw circuit_open(what, *circuit);
}

} // namespace

void Item::done(db::Transaction& tx, const Counts& counts) {
    m_is_said = true;
    tx.run(sql::insert_item, m_desk.organizer, m_lease.run(), m_key, "done", m_tries, counts_json(counts), "", "");
}

void Item::dead(db::Transaction& tx, const Problem& why) {
    m_is_said = true;
    tx.run(sql::insert_item, m_desk.organizer, m_lease.run(), m_key, "dead", m_tries, counts_json({}), why.code,
           printable(why.message, k_longest_error));
}

Report execute(const Desk& desk, const RunKey& key, const Job& job, const Pace& pace) {
    Report report;
    db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true},
                 [&](db::Transaction& tx) { require_free(tx, desk, key); });
    {
        const Lease lease{desk, key};
        report.run.id = lease.run();
        report.was_ended = lease.was_ended();
        if (!report.was_ended) {
            const log::Running lines{key.job, lease.run().text()};
            Work work{desk, lease, job, pace};
            report.problems = work_on(key, work, desk);
        }
    } // given back: what is loaded below is not held
    db::transact(desk.db, {desk.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
        report.run = get_run(tx, desk.organizer, report.run.id);
        report.items = load_items(tx, desk.organizer, report.run.id);
    });
    return report;
}

JobRunId skip(const Desk& desk, const RunKey& key, std::string_view reason) {
    const Lease lease{desk, key, Intent::skip};
    if (lease.was_ended())
        throw Error{{Kind::refused, "job.ended", fmt::format("run {} was ended before", lease.run()),
                     fmt::format("see how: passa job show {}", lease.run())}};
    db::transact(desk.db, {.organizer = desk.organizer, .what = "job.skip"}, [&](db::Transaction& tx) {
        tx.run(sql::skip_run, desk.organizer, lease.run(), desk.actor, reason);
        tx.run(sql::audit_job, desk.organizer, desk.ids.next(), desk.actor, "skipped",
               fmt::format("job {}{}{}", key.job, key.scope.empty() ? "" : " ", key.scope),
               fmt::format("{} to {}: {}", to_text(key.from), to_text(key.until), reason));
    });
    return lease.run();
}

} // namespace passa::runner
