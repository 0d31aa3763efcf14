// One simulated payout from create to the end, in processes that may be killed. The network's state is a file and the
// book is a database, so both outlive every process; the parent only looks.
#pragma once
#include "tests/support/payout_fixture.hpp"

#include <filesystem>

namespace passa::test {

struct SimPlan {
    std::uint64_t seed = 0;
    FakeFaults faults;
    std::vector<OwedParty> owed;
    std::set<std::string> shut; // destinations that refuse
    std::size_t most_orders = 2;
};

// What a run of the child left behind.
struct ChildEnd {
    bool killed = false;
    int exit_code = 0; // 0 nothing is left to do; 1 go on with resume
};

class PayoutSim {
public:
    PayoutSim(FreshDatabase& db, const std::string& name, SimPlan plan);

    // Runs what is left to do in a process of its own: create, approve, send, as far as the book says. `fault` is
    // PASSA_FAULT, or empty; `log` is PASSA_FAULT_LOG, or empty.
    ChildEnd run_child(const std::string& fault, const std::string& log = {});
    // Again and again without faults of the process until nothing is left; the network heals after a while.
    void run_to_end();
    // Nobody paid twice, nobody lost, the books hold, the network agrees.
    void require_truth();

private:
    int work(); // in the child
    BatchId find_or_create(db::Database& database);
    FreshDatabase& m_db;
    SimPlan m_plan;
    NetworkFile m_file;
    FakeNetwork m_network;
    PayoutWorld m_world;
    std::uint64_t m_run = 0;
    Instant m_now;
};

} // namespace passa::test
