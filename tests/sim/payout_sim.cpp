// fork, work, perhaps die.
#include "tests/sim/payout_sim.hpp"

#include "lib/payout/approve.hpp"
#include "lib/payout/store.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

namespace passa::test {

using namespace payout;
using money::Int128;

namespace {

constexpr int k_most_runs = 60;
constexpr int k_done = 0;
constexpr int k_again = 1;
constexpr int k_broken = 9;

Int128 total_of(const std::vector<OwedParty>& owed) {
    Int128 total = 0;
    for (const auto& p : owed) total += p.minor + p.commission;
    return total;
}

} // namespace

PayoutSim::PayoutSim(FreshDatabase& db, const std::string& name, SimPlan plan)
    : m_db(db), m_plan(std::move(plan)), m_file(name), m_network(m_file.path(), {"KES", 2}),
      m_world(db, name, m_plan.owed), m_now(m_world.clock.now()) {
    m_network.fund(total_of(m_plan.owed) + 1000);
    for (const auto& destination : m_plan.shut) m_network.close_destination(destination);
}

BatchId PayoutSim::find_or_create(db::Database& database) {
    const auto desk = m_world.desk(database, "maker");
    const auto known = db::transact(database, {m_world.org}, [&](db::Transaction& tx) {
        return tx.run({"test.newest_batch", "SELECT id FROM payout_batch WHERE organizer_id = $1"}, m_world.org).find();
    });
    if (known) return known->get<BatchId>("id");
    const auto write = [&](const char* what, const auto& fn) {
        fault_point(fmt::format("{}.before", what));
        auto result = db::transact(database, {m_world.org}, [&](db::Transaction& tx) {
            auto made = fn(tx);
            fault_point(fmt::format("{}.uncommitted", what));
            return made;
        });
        fault_point(fmt::format("{}.after", what));
        return result;
    };
    return write("sim.create", [&](db::Transaction& tx) {
        return payout::create(tx, desk, {m_world.event, {}, {}, false, {}}).batch.id;
    });
}

int PayoutSim::work() {
    db::Database database{{m_db.target(), "passa.sim"}};
    // The clock and the dice of this process; time goes on between processes.
    m_world.clock.advance(std::chrono::seconds{20} * static_cast<int>(m_run));
    SystemRandom random;
    IdSource ids{m_world.clock, random};
    auto desk = m_world.desk(database, "sender");
    const Desk mine{database, desk.organizer, ids, m_world.clock, "sender"};
    const auto batch = find_or_create(database);
    const Desk checker{database, desk.organizer, ids, m_world.clock, "checker"};
    fault_point("sim.approve.before");
    db::transact(database, {m_world.org}, [&](db::Transaction& tx) { approve(tx, checker, batch, std::nullopt); });
    fault_point("sim.approve.after");
    const bool healed = m_run > k_most_runs / 2;
    FakeRail rail{m_network, m_world.clock, m_plan.seed * 1000 + m_run, healed ? FakeFaults{} : m_plan.faults};
    rail.set_most_orders(m_plan.most_orders);
    Patience patience;
    patience.limit = std::chrono::seconds{40};
    patience.wait = [this](Duration time) { m_world.clock.advance(std::max<Duration>(time, std::chrono::seconds{1})); };
    const auto sent = send(mine, rail, batch, patience);
    return sent.batch.state == "drained" ? k_done : k_again;
}

ChildEnd PayoutSim::run_child(const std::string& fault, const std::string& log) {
    ++m_run;
    const auto child = fork();
    if (child == 0) {
        setenv("PASSA_FAULT", fault.c_str(), 1);
        if (!log.empty()) setenv("PASSA_FAULT_LOG", log.c_str(), 1);
        int code = k_broken;
        try {
            code = work();
        } catch (const Error& error) { // reported by its code: the parent has no other ears
            std::fprintf(stderr, "sim: %s: %s\n", error.first().code.c_str(), error.what());
        }
        _exit(code);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (!killed) {
        CAPTURE(m_plan.seed, fault);
        REQUIRE(WIFEXITED(status));
        REQUIRE(WEXITSTATUS(status) != k_broken);
    }
    return {killed, killed ? -1 : WEXITSTATUS(status)};
}

void PayoutSim::run_to_end() {
    for (int i = 0; i < k_most_runs; ++i)
        if (run_child("").exit_code == k_done) return;
    FAIL("seed " << m_plan.seed << ": not done after " << k_most_runs << " runs");
}

void PayoutSim::require_truth() {
    CAPTURE(m_plan.seed);
    std::map<std::string, Int128> paid;
    std::map<std::string, int> times;
    Int128 sum = 0;
    for (const auto& p : m_network.payments()) {
        paid[p.destination] += p.amount;
        ++times[p.reference];
        sum += p.amount;
    }
    for (const auto& [reference, n] : times) {
        CAPTURE(reference);
        REQUIRE(n == 1);
    }
    const auto books = m_world.balances();
    const auto book = [&](const std::string& account) {
        return books.contains(account) ? books.at(account) : Int128{0};
    };
    for (const auto& p : m_plan.owed) {
        CAPTURE(p.name);
        const auto destination = "to-" + p.name;
        const bool shut = m_plan.shut.contains(destination);
        REQUIRE(paid[destination] == (shut ? 0 : p.minor + p.commission));
        REQUIRE(-(book("party_payable " + p.name) + book("commission_payable " + p.name)) ==
                (shut ? p.minor + p.commission : 0));
    }
    REQUIRE(book("treasury KES") == -sum);
    REQUIRE(book("payout_clearing KES") == 0);
    REQUIRE(book("network_fee XLM") == m_network.fees());
    m_db.sweep(m_world.org);
}

} // namespace passa::test
