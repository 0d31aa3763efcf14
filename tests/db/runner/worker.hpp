// One worker with a connection, a clock and ids of its own, as a process would have them.
#pragma once
#include "lib/runner/runner.hpp"
#include "tests/support/becomes_true.hpp"
#include "tests/support/db_test.hpp"

namespace passa::test {

struct Worker {
    Worker(FreshDatabase& fresh, OrganizerId organizer, std::uint64_t seed)
        : db({fresh.target(), fmt::format("passa.worker-{}", seed)}), clock(fresh.clock.now() + std::chrono::hours{1}),
          random(seed),
          ids(clock, random), desk{db, organizer, ids, "tester", fmt::format("host, process {}", seed), "abc123"} {
        desk.patience = Duration::zero();
        desk.stopped = [this] { return stopped; };
    }

    runner::Report execute(const runner::RunKey& key, const runner::Job& job) {
        return runner::execute(desk, key, job, {random, sleep, steady, {}, items_per_minute});
    }
    // A step's one transaction: it does nothing but say that it is done.
    void done(runner::Item& item, const runner::Counts& counts) {
        db::transact(db, {.organizer = desk.organizer, .what = "test"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    }

    db::Database db;
    FixedClock clock;
    SeededRandom random;
    IdSource ids;
    runner::Desk desk;
    std::optional<ExitCode> stopped;
    std::vector<Duration> slept;
    FixedClock steady{Instant{}};
    std::function<void(Duration)> sleep = [this](Duration time) {
        slept.push_back(time);
        steady.advance(time);
    };
    std::optional<int> items_per_minute;
};

inline runner::RunKey day(int number, const std::string& scope = "") {
    const auto from = parse_instant("2026-11-01T00:00:00Z").value() + std::chrono::days{number};
    return {"sweep", scope, from, from + std::chrono::days{1}};
}

inline std::function<std::vector<std::string>()> items(std::vector<std::string> keys) {
    return [keys = std::move(keys)] { return keys; };
}

inline Error error(Kind kind, const std::string& code = "test.error") {
    return Error{{kind, code, "it went wrong", ""}};
}

// A job whose steps are written down; `fail` throws what goes wrong with one.
struct Steps {
    Steps(Worker& in, std::vector<std::string> keys) : worker(in), plan(items(std::move(keys))) {}
    runner::Job job() {
        return {plan, [this](runner::Item& item) {
                    seen.push_back(item.key());
                    fail(item);
                    worker.done(item, {{"lines", 2}});
                }};
    }
    Worker& worker;
    std::function<std::vector<std::string>()> plan;
    std::function<void(runner::Item&)> fail = [](runner::Item&) {};
    std::vector<std::string> seen;
};

// As if its worker had been stopped for longer than its lease.
inline void let_time_pass(FreshDatabase& db) {
    constexpr db::Statement passes{"test.time_passes",
                                   "UPDATE lease SET until = clock_timestamp() - interval '1 second'"};
    db::transact(db.owner(), {}, [&](db::Transaction& tx) { tx.run(passes); });
}

} // namespace passa::test
