// One simulated payout from create to the end, in processes that may be killed. The network's state is a file and the
// book is a database, so both outlive every process; the parent only looks.
#pragma once
#include "tests/sim/child.hpp"
#include "tests/support/payout_fixture.hpp"

#include <filesystem>

namespace passa::test {

struct SimPlan {
    std::uint64_t seed = 0;
    FakeFaults faults;
    std::vector<OwedParty> owed;
    std::set<std::string> shut; // destinations that refuse
    std::size_t most_orders = 2;
    std::vector<money::Int128> expenses; // a second batch from the same treasury, to strangers
    bool cancelled = false;              // what was reserved is withdrawn, and nobody is paid
};

class PayoutSim {
public:
    PayoutSim(FreshDatabase& db, const std::string& name, SimPlan plan);

    // Runs what is left to do in a process of its own: create, approve, send or cancel, as far as the book says. 0:
    // nothing is left; else go on.
    ChildEnd run_child(const std::string& fault, const std::string& log = {});
    // Two processes at once, one a batch, both from the same treasury, until both are done.
    void run_both_to_end();
    // Again and again without faults of the process until nothing is left; the network heals after a while.
    void run_to_end();
    // Nobody paid twice, nobody lost, the books hold, the network agrees.
    void require_truth();

private:
    enum class Part : std::uint8_t { owed, expenses };
    int work(Part part); // in the child
    int pay(const payout::Desk& desk, BatchId batch);
    int withdraw(const payout::Desk& desk, BatchId batch);
    BatchId find_or_create(const payout::Desk& desk, Part part);
    [[nodiscard]] payout::CreateOrder order_of(Part part) const;
    FreshDatabase& m_db;
    SimPlan m_plan;
    NetworkFile m_file;
    FakeNetwork m_network;
    PayoutWorld m_world;
    std::uint64_t m_run = 0;
    Instant m_now;
};

} // namespace passa::test
