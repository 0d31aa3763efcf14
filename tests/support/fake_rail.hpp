// A small honest model of a payment network, behind the port: one treasury account with a sequence, ledgers that close
// as time goes by, transactions that are all or nothing, bounded in time, and paid once however often their bytes
// arrive. Faults are drawn from a seed. The network's state is one file, so that it outlives a process that is killed;
// a test reads from it who was really paid.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/base/random.hpp"
#include "lib/rail/rail.hpp"

#include <filesystem>
#include <map>
#include <set>

namespace passa::test {

// How often, in percent, a thing goes wrong.
struct FakeFaults {
    int lose_request = 0; // the bytes never arrive, and the sender learns nothing
    int lose_answer = 0;  // they arrive, and the sender learns nothing
    int refuse = 0;       // "try again later": they are not taken
    int include_late = 0; // taken, but a few ledgers later than usual
    int drop = 0;         // taken, then forgotten before it was included
    int hide = 0;         // a question is answered with nothing
    int bad_sequence = 0; // somebody else uses up the sequence number first
};

struct FakePayment {
    std::string key;
    std::string reference;
    std::string destination;
    money::Int128 amount = 0;
};

class FakeNetwork {
public:
    FakeNetwork(std::filesystem::path file, money::Asset asset);
    // What is true on the network, by reading its file.
    std::vector<FakePayment> payments();
    money::Int128 balance();
    money::Int128 fees();
    void fund(money::Int128 minor);
    void fund_fees(money::Int128 minor); // what it holds for fees, when they are charged in another asset
    void close_destination(const std::string& destination); // payments to it fail, and name it
    void open_destination(const std::string& destination);
    void pass(Duration time, Instant now); // ledgers close until then

private:
    friend class FakeRail;
    struct Envelope {
        std::int64_t sequence = 0;
        std::int64_t valid_until = 0; // seconds
        std::vector<FakePayment> payments;
    };
    struct Pending {
        Envelope envelope;
        std::string key;
        std::int64_t include_at = 0; // ledger
        bool doomed = false;         // will be dropped
    };
    struct Closed {
        std::int64_t ledger = 0;
        bool success = false;
        std::vector<std::string> codes;
    };
    static std::string text_of(const Envelope& envelope);
    static Envelope parse_envelope(std::string_view text);
    void load();
    void save() const;
    void close_ledger();
    void apply(const Pending& pending);

    std::filesystem::path m_file;
    money::Asset m_asset;
    std::int64_t m_ledger = 1000;
    std::int64_t m_time = 0; // seconds, of the last close
    std::int64_t m_sequence = 1;
    money::Int128 m_balance = 0;
    money::Int128 m_fees = 0;
    money::Int128 m_fee_funds = 1'000'000'000;
    std::set<std::string> m_shut;
    std::vector<Pending> m_pending;
    std::map<std::string, Closed> m_closed;
    std::vector<FakePayment> m_paid;
};

class FakeRail final : public rail::Rail {
public:
    FakeRail(FakeNetwork& network, Clock& clock, std::uint64_t seed, FakeFaults faults)
        : m_network(network), m_clock(clock), m_random(seed), m_faults(faults) {}

    [[nodiscard]] std::string_view name() const override { return "stellar"; }
    [[nodiscard]] rail::Capability capability() const override { return {m_most_orders, true}; }
    void set_most_orders(std::size_t most) { m_most_orders = most; }
    void set_preflight(bool on) { m_preflight = on; }
    [[nodiscard]] money::Amount most_cost(std::size_t orders) const override;
    std::vector<std::string> find_obstacles(std::span<const rail::Order> orders,
                                            const std::function<void()>& meanwhile) override;
    std::vector<money::Amount> balances() override;
    void require_signer() override {
        if (m_locked) throw Error{{Kind::configuration, "test.locked", "the key is not here", ""}};
    }
    void lock(bool on) { m_locked = on; }
    void get_ready(const rail::Numbers& known) override;
    rail::Attempt prepare(std::span<const rail::Order> orders) override;
    rail::Outcome send(const rail::Attempt& attempt) override;
    rail::Outcome find(const rail::Attempt& attempt) override;
    rail::Statement read_statement(std::int64_t from_position) override;

private:
    bool happens(int percent) { return m_random.below(100) < static_cast<std::uint64_t>(percent); }
    void catch_up(); // the network's ledgers up to now
    rail::Outcome judge(const rail::Attempt& attempt);
    rail::Evidence evidence(std::string kind, const rail::Attempt& attempt, const std::string& details);

    FakeNetwork& m_network;
    Clock& m_clock;
    SeededRandom m_random;
    FakeFaults m_faults;
    std::size_t m_most_orders = 100;
    bool m_preflight = false;
    bool m_locked = false;
};

// Passes every question on; a test overrides what it lies about.
class RailInFront : public rail::Rail {
public:
    explicit RailInFront(rail::Rail& behind) : m_behind(behind) {}
    [[nodiscard]] std::string_view name() const override { return m_behind.name(); }
    [[nodiscard]] rail::Capability capability() const override { return m_behind.capability(); }
    [[nodiscard]] money::Amount most_cost(std::size_t orders) const override { return m_behind.most_cost(orders); }
    std::vector<std::string> find_obstacles(std::span<const rail::Order> orders,
                                            const std::function<void()>& meanwhile) override {
        return m_behind.find_obstacles(orders, meanwhile);
    }
    std::vector<money::Amount> balances() override { return m_behind.balances(); }
    void require_signer() override { m_behind.require_signer(); }
    void get_ready(const rail::Numbers& known) override { m_behind.get_ready(known); }
    rail::Attempt prepare(std::span<const rail::Order> orders) override { return m_behind.prepare(orders); }
    rail::Outcome send(const rail::Attempt& attempt) override { return m_behind.send(attempt); }
    rail::Outcome find(const rail::Attempt& attempt) override { return m_behind.find(attempt); }
    rail::Statement read_statement(std::int64_t from) override { return m_behind.read_statement(from); }

private:
    rail::Rail& m_behind;
};

} // namespace passa::test
