// The work of one process, and what must be true at the end of all.
#include "tests/sim/payout_sim.hpp"

#include "lib/payout/approve.hpp"
#include "lib/payout/cancel.hpp"
#include "lib/payout/store.hpp"
#include "tests/support/payment_list.hpp"

#include <catch2/catch.hpp>

namespace passa::test {

using namespace payout;
using money::Int128;

namespace {

constexpr int k_most_runs = 60;
constexpr int k_done = 0;
constexpr int k_again = 1;

Int128 total_of(const SimPlan& plan) {
    Int128 total = 0;
    for (const auto& p : plan.owed) total += p.minor + p.commission;
    for (const auto minor : plan.expenses) total += minor;
    return total;
}

} // namespace

PayoutSim::PayoutSim(FreshDatabase& db, const std::string& name, SimPlan plan)
    : m_db(db), m_plan(std::move(plan)), m_file(name), m_network(m_file.path(), {"KES", 2}),
      m_world(db, name, m_plan.owed), m_now(m_world.clock.now()) {
    m_network.fund(total_of(m_plan) + 1000);
    for (const auto& destination : m_plan.shut) m_network.close_destination(destination);
}

CreateOrder PayoutSim::order_of(Part part) const {
    CreateOrder order;
    if (part == Part::owed) {
        order.event = m_world.event;
        return order;
    }
    test::PaymentList file;
    file.sha256[0] = 1;
    for (std::size_t i = 0; i < m_plan.expenses.size(); ++i)
        file.lines.push_back({static_cast<std::int64_t>(i) + 2,
                              {},
                              fmt::format("stranger-{}", i),
                              {m_plan.expenses[i], {"KES", 2}},
                              {},
                              ""});
    order.file = file;
    return order;
}

BatchId PayoutSim::find_or_create(const Desk& desk, Part part) {
    return db::transact(desk.db, {.organizer = m_world.org, .what = "sim.create"}, [&](db::Transaction& tx) {
        const auto known = tx.run({"test.newest_batch", "SELECT id FROM payout_batch WHERE organizer_id = $1 AND "
                                                        "(file_sha256 IS NOT NULL) = $2"},
                                  m_world.org, part == Part::expenses)
                               .find();
        return known ? known->get<BatchId>("id") : payout::create(tx, desk, order_of(part)).batch.id;
    });
}

int PayoutSim::work(Part part) {
    db::Database database{{m_db.target(), "passa.sim"}};
    // The clock and the dice of this process; time goes on between processes.
    m_world.clock.advance(std::chrono::seconds{20} * static_cast<int>(m_run));
    SystemRandom random;
    IdSource ids{m_world.clock, random};
    const auto as = [&](const char* actor) { return Desk{database, m_world.org, ids, m_world.clock, actor}; };
    const auto batch = find_or_create(as("maker"), part);
    const auto state = db::transact(
        database, {m_world.org}, [&](db::Transaction& tx) { return payout::get_batch(tx, m_world.org, batch).state; });
    if (state == "cancelled") return k_done;
    db::transact(database, {.organizer = m_world.org, .what = "sim.approve"},
                 [&](db::Transaction& tx) { approve(tx, as("checker"), batch, std::nullopt); });
    return m_plan.cancelled ? withdraw(as("sender"), batch) : pay(as("sender"), batch);
}

int PayoutSim::pay(const Desk& desk, BatchId batch) {
    const bool healed = m_run > k_most_runs / 2;
    FakeRail rail{m_network, m_world.clock, m_plan.seed * 1000 + m_run, healed ? FakeFaults{} : m_plan.faults};
    rail.set_most_orders(m_plan.most_orders);
    Patience patience;
    patience.limit = std::chrono::seconds{40};
    patience.wait = [this](Duration time) { m_world.clock.advance(std::max<Duration>(time, std::chrono::seconds{1})); };
    return send(desk, rail, batch, {patience}).batch.state == "drained" ? k_done : k_again;
}

// Reserved, and refused by the network again and again; then somebody gives up.
int PayoutSim::withdraw(const Desk& desk, BatchId batch) {
    pay(desk, batch);
    return cancel(desk, batch, "given up").batch.state == "cancelled" ? k_done : k_again;
}

ChildEnd PayoutSim::run_child(const std::string& fault, const std::string& log) {
    CAPTURE(m_plan.seed, fault);
    ++m_run;
    return wait_for_child(start_child({fault, log}, [this] { return work(Part::owed); }));
}

void PayoutSim::run_both_to_end() {
    for (int i = 0; i < k_most_runs; ++i) {
        ++m_run;
        // The first to ask stays a while, so that the other one meets it.
        const auto one = start_child({"rail.ask.after:1:delay", ""}, [this] { return work(Part::owed); });
        const auto two = start_child({"rail.ask.after:1:delay", ""}, [this] { return work(Part::expenses); });
        const bool first_done = wait_for_child(one).exit_code == k_done;
        const bool second_done = wait_for_child(two).exit_code == k_done;
        if (first_done && second_done) return;
    }
    FAIL("seed " << m_plan.seed << ": not done after " << k_most_runs << " runs");
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
        const bool shut = m_plan.cancelled || m_plan.shut.contains(destination);
        REQUIRE(paid[destination] == (shut ? 0 : p.minor + p.commission));
        REQUIRE(-(book("party_payable " + p.name) + book("commission_payable " + p.name)) ==
                (shut ? p.minor + p.commission : 0));
    }
    for (std::size_t i = 0; i < m_plan.expenses.size(); ++i)
        REQUIRE(paid[fmt::format("stranger-{}", i)] == m_plan.expenses[i]);
    REQUIRE(book("treasury KES") == -sum);
    REQUIRE(book("payout_clearing KES") == 0);
    REQUIRE(book("network_fee XLM") == m_network.fees());
    m_db.sweep(m_world.org);
}

} // namespace passa::test
