// A batch from what is owed to what is paid, against a real database and the fake network.
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;

namespace {

struct World {
    explicit World(const std::vector<test::OwedParty>& owed, money::Asset asset = {"KES", 2})
        : file("send"), network(file.path(), asset), world(db, "demo", owed, asset), rail(network, world.clock, 1, {}) {
    }
    std::map<std::string, Int128> paid() {
        std::map<std::string, Int128> sums;
        for (const auto& p : network.payments()) sums[p.destination] += p.amount;
        return sums;
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
};

// A rail whose servers answer so many sendings and then are gone.
class GoneRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    rail::Attempt prepare(std::span<const rail::Order> orders) override {
        if (preparations-- <= 0) throw gone();
        return RailInFront::prepare(orders);
    }
    rail::Outcome send(const rail::Attempt& attempt) override {
        if (answers-- > 0) return RailInFront::send(attempt);
        throw gone();
    }
    rail::Outcome find(const rail::Attempt& attempt) override {
        return answers > 0 ? RailInFront::find(attempt) : rail::Outcome{};
    }
    int answers = 0;
    int preparations = 100;

private:
    static Error gone() {
        return Error{{Kind::unavailable, "rpc.unreachable", "no server can be reached", "try again"}};
    }
};

void execute(World& w, const std::string& sql) {
    db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) { tx.raw(sql); });
}

void move_party(World& w, const std::string& party, const std::string& destination) {
    execute(w, fmt::format("UPDATE party SET destination = '{}' WHERE name = '{}'", destination, party));
}

} // namespace

TEST_CASE("what is owed is paid once, and the books say so", "[db][payout]") {
    World w{{{"band", 900'01}, {"venue", 100'00, "somewhere", "id:7"}, {"crew", 50'00}}};
    w.network.fund(2000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.paid() == 3);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 900'01}, {"to-venue", 100'00}, {"to-crew", 50'00}});
    const auto books = w.world.balances();
    REQUIRE(books.at("treasury KES") == -1050'01);
    REQUIRE(books.at("network_fee XLM") == w.network.fees());
    REQUIRE_FALSE(books.contains("party_payable band"));
    REQUIRE_FALSE(books.contains("payout_clearing KES"));
    w.db.sweep(w.world.org);

    REQUIRE(w.world.send(batch, w.rail).paid() == 3); // once more changes nothing
    REQUIRE(w.network.payments().size() == 3);
    REQUIRE(w.world.create().is_nil());
}

TEST_CASE("what cannot work fails alone and is owed again, in the asset owed", "[db][payout]") {
    const money::Asset usdc{"USDC:GTEST", 7};
    World w{{{"band", 1000'00}, {"crew", 33}, {"shut", 200'00}}, usdc};
    w.world.value(
        "WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, "
        "mantissa, decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', 1, 'KES', "
        "'USDC:GTEST', 7731, 6, '-infinity', 'a bank', '-infinity' RETURNING 1) SELECT count(*) AS value FROM r");
    w.network.fund(1'000'000'000'000);
    w.network.close_destination("to-shut");
    const auto batch = w.world.create();
    w.world.approve(batch);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.paid() == 2);
    REQUIRE(sent.count(State::failed) == 1);
    const Int128 band = 7'7310000;
    const Int128 crew = 25512; // 0.33 KES at 0.007731 is 0.00255123: the rest of a unit stays here
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", band}, {"to-crew", crew}});
    const auto books = w.world.balances();
    REQUIRE(books.at("party_payable shut") == -200'00);
    REQUIRE(books.at("treasury USDC:GTEST") == -(band + crew));
    REQUIRE(books.at("fx USDC:GTEST") == band + crew);
    REQUIRE(books.at("fx KES") == -1000'33);
    w.db.sweep(w.world.org);

    w.network.open_destination("to-shut");
    const auto again = w.world.create();
    w.world.approve(again);
    REQUIRE(w.world.send(again, w.rail).paid() == 1);
    REQUIRE_FALSE(w.world.balances().contains("party_payable shut"));
    w.db.sweep(w.world.org);
}

TEST_CASE("a coarse payout asset leaves its rounding unit on an account of its own", "[db][payout]") {
    World w{{{"band", 1000'99}}, {"JPY", 0}};
    w.world.value(
        "WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, "
        "mantissa, decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', 1, 'KES', "
        "'JPY', 12, 1, '-infinity', 'a bank', '-infinity' RETURNING 1) SELECT count(*) AS value FROM r");
    w.network.fund(5000);
    const auto batch = w.world.create();
    w.world.approve(batch);
    REQUIRE(w.world.send(batch, w.rail).paid() == 1);
    REQUIRE(w.paid().at("to-band") == 1201); // 1,201.188
    const auto books = w.world.balances();
    REQUIRE(books.at("fx KES") == -1000'84); // the least that buys 1,201
    REQUIRE(books.at("fx_rounding KES") == -15);
    REQUIRE_FALSE(books.contains("party_payable band"));
    w.db.sweep(w.world.org);
}

TEST_CASE("commissions and shares of a party are paid together, and what it owes us is netted", "[db][payout]") {
    World w{{{"band", 100'00, "somewhere", {}, 20'00}, {"crew", 100'00, "somewhere", {}, -30'00}, {"debtor", -5'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 120'00}, {"to-crew", 70'00}});
    const auto books = w.world.balances();
    for (const auto* gone :
         {"party_payable band", "commission_payable band", "party_payable crew", "commission_payable crew"})
        REQUIRE_FALSE(books.contains(gone));
    REQUIRE(books.at("party_payable debtor") == 5'00);
    w.db.sweep(w.world.org);
}

TEST_CASE("what a party owes for one event is netted from what it gets for another, once", "[db][payout]") {
    World w{{{"band", -500'00, "somewhere", {}, 100'00}, {"crew", -50'00}}};
    const auto share = ledger::AccountKind::party_payable;
    const auto second = w.world.add_event("second");
    const auto third = w.world.add_event("third");
    w.world.owe("band", share, 2000'00, second);
    w.network.fund(10'000'00);
    const auto batch = w.world.create({second, {}, {}, false, {}});
    const auto planned = w.world.payouts(batch);
    REQUIRE(planned.size() == 1);
    REQUIRE(planned[0].netted.minor() == 400'00); // 500.00 less the commission of the same event
    REQUIRE(planned[0].amount.minor() == 1600'00);
    w.world.owe("band", share, 300'00, third);
    const auto other = w.world.create({third, {}, {}, false, {}}); // the debt is spoken for
    REQUIRE(w.world.payouts(other).at(0).amount.minor() == 300'00);
    for (const auto id : {batch, other}) {
        w.world.approve(id);
        REQUIRE(w.world.send(id, w.rail).paid() == 1);
        w.db.sweep(w.world.org);
    }
    REQUIRE(w.network.balance() == 10'000'00 - 1900'00);
    const auto books = w.world.balances();
    REQUIRE(books.at("party_payable crew") == 50'00); // gets nothing, so nothing is netted
    REQUIRE(w.world.value("SELECT coalesce(sum(o.amount), 0)::text AS value FROM posting o JOIN account a ON a.id = "
                          "o.account_id JOIN party p ON p.id = a.party_id WHERE o.organizer_id = $1 AND p.name = "
                          "'band'") == "0");
    REQUIRE(w.world.create().is_nil());
}

TEST_CASE("a debt that was collected elsewhere meanwhile blocks the payout that was to net it", "[db][payout]") {
    World w{{{"band", -500'00}}};
    const auto share = ledger::AccountKind::party_payable;
    const auto second = w.world.add_event("second");
    w.world.owe("band", share, 2000'00, second);
    w.network.fund(10'000'00);
    const auto batch = w.world.create({second, {}, {}, false, {}});
    w.world.approve(batch);
    w.world.owe("band", share, 1); // one cent less is owed
    REQUIRE(w.world.send(batch, w.rail).count(State::blocked) == 1);
    const auto again = w.world.create({second, {}, {}, false, {}});
    w.world.approve(again);
    REQUIRE(w.world.send(again, w.rail).paid() == 1);
    REQUIRE(w.paid().at("to-band") == 1500'01);
    REQUIRE(w.world.create({second, {}, {}, false, {}}).is_nil());
    w.db.sweep(w.world.org);
}

TEST_CASE("a payable that shrank after the batch was made is blocked, the rest is paid", "[db][payout]") {
    World w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    w.world.owe("band", ledger::AccountKind::party_payable, -1);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    w.db.sweep(w.world.org);
}

TEST_CASE("a party that moved its account after the batch was made is not paid at the old one", "[db][payout]") {
    World w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    move_party(w, "band", "to-elsewhere");
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    const auto again = w.world.create(); // still owed: the next batch goes to the new account
    w.world.approve(again);
    REQUIRE(w.world.send(again, w.rail).paid() == 1);
    REQUIRE(w.paid().at("to-elsewhere") == 100'00);
    w.db.sweep(w.world.org);
}

TEST_CASE("money that was set aside for an address that was given up is owed again", "[db][payout]") {
    World w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    test::FakeRail contested{w.network, w.world.clock, 7, {.bad_sequence = 100}};
    REQUIRE(w.world.send(batch, contested).left() == 2); // reserved, and nothing left
    move_party(w, "band", "to-elsewhere");
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.count(State::failed) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 50'00}});
    REQUIRE(w.world.balances().at("party_payable band") == -100'00);
    w.db.sweep(w.world.org);
}

TEST_CASE("a rail that goes away leaves unknown what may have left, and nothing else", "[db][payout]") {
    World w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    GoneRail gone{w.rail};
    gone.answers = 0;
    const auto none = w.world.send(batch, gone, std::chrono::seconds{20});
    REQUIRE(none.halted->code == "rpc.unreachable");
    REQUIRE(none.halted->kind == Kind::unknown_outcome); // its bytes are stored: the next run asks for them
    REQUIRE(none.halted->hint == fmt::format("ask again with: passa payout resume {}", batch));
    gone.answers = 1; // it takes the bytes, then it is gone
    const auto unknown = w.world.send(batch, gone, std::chrono::seconds{20});
    REQUIRE(unknown.halted->code == "payout.unknown");
    REQUIRE(w.world.send(batch, w.rail).paid() == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 100'00}});
    w.db.sweep(w.world.org);
}

TEST_CASE("a rail that goes away between two transactions does not take the summary with it", "[db][payout]") {
    World w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    w.rail.set_most_orders(1);
    const auto batch = w.world.create();
    w.world.approve(batch);
    GoneRail gone{w.rail};
    gone.answers = 100;
    gone.preparations = 1;
    const auto sent = w.world.send(batch, gone);
    REQUIRE(sent.halted->code == "rpc.unreachable");
    REQUIRE(sent.paid() == 1);
    REQUIRE(sent.left() == 1);
    REQUIRE(sent.open() == 0);
    REQUIRE(w.world.send(batch, w.rail).paid() == 2);
    w.db.sweep(w.world.org);
}

TEST_CASE("a known obstacle blocks before money is set aside", "[db][payout]") {
    World w{{{"band", 100'00}, {"shut", 50'00}}};
    w.network.fund(1000'00);
    w.network.close_destination("to-shut");
    w.rail.set_preflight(true);
    const auto batch = w.world.create();
    w.world.approve(batch);
    const auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(sent.paid() == 1);
    REQUIRE(w.world.balances().at("party_payable shut") == -50'00);
    w.db.sweep(w.world.org);
}

TEST_CASE("attempts hold as many orders as the rail takes, and one memo each", "[db][payout]") {
    std::vector<test::OwedParty> owed;
    for (int i = 0; i < 23; ++i)
        owed.push_back({fmt::format("p{:02}", i), 100 + i, "somewhere",
                        i % 5 == 0 ? std::optional{std::string{"id:5"}} : std::nullopt});
    World w{owed};
    w.network.fund(100'000);
    w.rail.set_most_orders(10);
    const auto batch = w.world.create();
    w.world.approve(batch);
    REQUIRE(w.world.send(batch, w.rail).paid() == 23);
    std::map<std::string, std::set<bool>> memos;
    std::map<std::string, int> sizes;
    for (const auto& p : w.network.payments()) {
        ++sizes[p.key];
        memos[p.key].insert(std::stoi(p.destination.substr(4)) % 5 == 0);
    }
    REQUIRE(sizes.size() == 3); // 10 and 8 without a memo, 5 with
    for (const auto& [key, kinds] : memos) REQUIRE(kinds.size() == 1);
    w.db.sweep(w.world.org);
}

namespace {

// Answers with more than anybody should keep.
class LoudRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    rail::Outcome find(const rail::Attempt& attempt) override {
        auto outcome = RailInFront::find(attempt);
        if (outcome.evidence) outcome.evidence->raw = Bytes(100'000, std::uint8_t{'x'});
        return outcome;
    }
};

// Answers every question about obstacles late.
class SlowRail final : public test::RailInFront {
public:
    using RailInFront::RailInFront;
    std::vector<std::string> find_obstacles(std::span<const rail::Order> orders,
                                            const std::function<void()>& meanwhile) override {
        return RailInFront::find_obstacles(orders, [&] {
            ++questions;
            between();
            meanwhile();
            after();
        });
    }
    int questions = 0;
    std::function<void()> between;
    std::function<void()> after;
};

} // namespace

TEST_CASE("of an endless answer the beginning is kept, and the hash of the whole", "[db][payout]") {
    World w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    LoudRail loud{w.rail};
    REQUIRE(w.world.send(batch, loud).paid() == 1);
    REQUIRE(w.world.value("SELECT octet_length(raw) || ' ' || whole_bytes || ' ' || (sha256 = sha256(raw)) || ' ' || "
                          "(whole_sha256 = sha256(convert_to(repeat('x', 100000), 'UTF8'))) AS value FROM evidence "
                          "WHERE organizer_id = $1 AND kind = 'found'") == "65536 100000 true true");
    REQUIRE(w.world.value("SELECT count(*)::text AS value FROM evidence WHERE organizer_id = $1 AND kind <> 'found' "
                          "AND whole_bytes IS NOT NULL") == "0");
}

TEST_CASE("whoever waits long for an outcome keeps the lease", "[db][payout]") {
    World w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    test::FakeRail deaf{w.network, w.world.clock, 7, {.lose_answer = 100, .hide = 100}};
    Patience patience;
    patience.limit = std::chrono::minutes{20};
    int waits = 0;
    patience.wait = [&](Duration) { // as if most of the lease had passed
        w.world.clock.advance(std::chrono::minutes{2});
        ++waits;
        w.db.owner().connection().raw("UPDATE payout_batch SET lease_until = clock_timestamp() + interval '60 s' WHERE "
                                      "lease_token IS NOT NULL AND lease_until > clock_timestamp() + interval '60 s'");
    };
    std::string left;
    patience.say = [&](std::string_view) {
        left = w.world.value("SELECT (lease_until > clock_timestamp() + interval '800 s')::text AS value FROM "
                             "payout_batch WHERE organizer_id = $1");
        REQUIRE(left == "true");
    };
    const auto sent = send(w.world.desk(w.db.app(), "sender"), deaf, batch, patience);
    REQUIRE(sent.halted->code == "payout.unknown");
    REQUIRE(waits > 5);
}

TEST_CASE("whoever asks long for obstacles keeps the lease", "[db][payout]") {
    World w{{{"band", 100'00}, {"crew", 50'00}, {"hall", 25'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    SlowRail slow{w.rail};
    slow.between = [&] { // as if most of the lease had passed
        w.world.clock.advance(std::chrono::minutes{2});
        w.db.owner().connection().raw("UPDATE payout_batch SET lease_until = clock_timestamp() + interval '60 s'");
    };
    slow.after = [&] {
        REQUIRE(w.world.value("SELECT (lease_until > clock_timestamp() + interval '800 s')::text AS value FROM "
                              "payout_batch WHERE organizer_id = $1") == "true");
    };
    REQUIRE(w.world.send(batch, slow).paid() == 3);
    REQUIRE(slow.questions == 3);
    w.db.sweep(w.world.org);
}

TEST_CASE("what nobody here can sign is not reserved, and what may have happened is asked for all the same",
          "[db][payout]") {
    World w{{{"band", 100'00}, {"hall", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.world.create();
    w.world.approve(batch);
    w.rail.lock(true);
    auto sent = w.world.send(batch, w.rail);
    REQUIRE(sent.halted->code == "test.locked");
    REQUIRE(sent.count(State::ready) == 2);
    REQUIRE(w.world.value("SELECT count(*)::text AS value FROM journal WHERE organizer_id = $1 AND kind = "
                          "'payout_reserve'") == "0");

    w.rail.lock(false);
    test::FakeRail deaf{w.network, w.world.clock, 7, {.lose_answer = 100, .hide = 100}};
    REQUIRE(w.world.send(batch, deaf).halted->code == "payout.unknown");
    w.rail.lock(true);
    sent = w.world.send(batch, w.rail);
    REQUIRE_FALSE(sent.halted);
    REQUIRE(sent.paid() == 2);
    w.db.sweep(w.world.org);
}
