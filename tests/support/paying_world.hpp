// A payout world with a database and a network of its own, and what tests of payouts do with it over and over.
#pragma once
#include "tests/support/payout_fixture.hpp"

namespace passa::test {

struct OwnDatabase { // made before the world in it
    FreshDatabase fresh;
};

class PayingWorld : private OwnDatabase, public PayoutWorld {
public:
    explicit PayingWorld(const std::vector<OwedParty>& owed, money::Asset pays_in = {"KES", 2});

    using PayoutWorld::create;
    using PayoutWorld::send;
    BatchId approved(const payout::CreateOrder& order);
    BatchId approved() { return approved({event, {}, {}, false, {}}); }
    payout::Sent send(BatchId batch) { return send(batch, rail); }
    // Somebody else uses up every sequence number: all is reserved, nothing leaves.
    payout::Sent reserve(BatchId batch);
    // Whatever it sends arrives, and it never hears of it.
    FakeRail deaf() { return {network, clock, 7, {.lose_answer = 100, .hide = 100}}; }

    std::map<std::string, money::Int128> paid(); // by destination, as the network knows it
    void execute(const std::string& sql);        // as the database's owner, who may do what passa may not
    // One more version of what a shilling buys of the asset that the treasury pays in.
    void add_rate(int mantissa, int decimals, std::string_view from = "-infinity");
    void move_party(const std::string& party, const std::string& destination);
    // As recon opens it when the chain shows what the book calls dead.
    void open_conflict(PayoutId payout);
    void close_conflicts();
    void sweep() { db.sweep(org); }

private:
    NetworkFile m_file;

public:
    FakeNetwork network;
    FakeRail rail;
};

} // namespace passa::test
