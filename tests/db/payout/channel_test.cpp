// Channels: accounts that lend a treasury their numbers, and lanes that pay by them.
#include "lib/payout/lanes.hpp"
#include "lib/payout/store.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

// Under the address that the fake network's attempts carry.
Channel open_channel(PayingWorld& w, BatchId batch, std::int64_t number = 1, const std::string& address = "FAKE") {
    const auto desk = w.desk(w.db.app());
    return db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
        const auto treasury = get_batch(tx, w.org, batch).treasury.id;
        Channel channel{desk.ids.make<ChannelTag>(), number, address, "made"};
        store_channel(tx, desk, treasury, channel);
        step_channel(tx, desk, channel, "open");
        channel.state = "open";
        return channel;
    });
}

Means by_channels(PayingWorld& w, rail::Rail& rail) {
    Means means;
    means.patience.wait = [&w](Duration time) { w.clock.advance(time); };
    means.channels = {[&rail](const Channel&) { return std::make_unique<test::RailInFront>(rail); }, 3};
    return means;
}

std::string sources(PayingWorld& w) {
    return w.value("SELECT string_agg(DISTINCT source, ',') AS value FROM payout_attempt WHERE organizer_id = $1");
}

} // namespace

TEST_CASE("a channel carries a batch's payments, and the batch is led to its end", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    open_channel(w, batch);
    const auto sent = send(w.desk(w.db.app(), "sender"), w.rail, batch, by_channels(w, w.rail));
    REQUIRE_FALSE(sent.halted);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 100'00}, {"to-crew", 50'00}});
    REQUIRE(sources(w) == "FAKE");
    w.sweep();
}

TEST_CASE("what was left open on a channel is settled by it, of whatever batch", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto first = w.approved();
    open_channel(w, first);
    auto deaf = w.deaf();
    const auto lost = send(w.desk(w.db.app(), "sender"), w.rail, first, by_channels(w, deaf));
    REQUIRE(lost.halted->code == "payout.unknown");
    REQUIRE(lost.open() == 1);
    w.owe("band", ledger::AccountKind::party_payable, 25'00);
    const auto second = w.approved();
    REQUIRE_FALSE(send(w.desk(w.db.app(), "sender"), w.rail, second, by_channels(w, w.rail)).halted);
    REQUIRE(w.paid().at("to-band") == 125'00);
    REQUIRE(w.send(first).paid() == 1); // of its own books: nothing was left to ask for
    w.sweep();
}

TEST_CASE("a channel has one lane, whoever asks", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    const auto batch = w.approved();
    const auto channel = open_channel(w, batch);
    db::Database other{{w.db.target(), "passa.tests"}};
    const auto theirs = w.desk(other, "another");
    const Lease held{theirs, batch, channel};
    const auto desk = w.desk(w.db.app(), "sender");
    REQUIRE(test::problem_code([&] { Lease{desk, batch, channel}; }) == "payout.channel_busy");
    const auto known = db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
        return load_channels(tx, w.org, get_batch(tx, w.org, batch).treasury.id);
    });
    REQUIRE(known.size() == 1);
    REQUIRE(known[0].busy);
}

TEST_CASE("a lane passes over what another one is taking", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    REQUIRE(w.reserve(batch).left() == 2);
    open_channel(w, batch);
    db::Database other{{w.db.target(), "passa.tests"}};
    db::transact(other, {w.org}, [&](db::Transaction& theirs) {
        theirs.raw("SELECT id FROM payout ORDER BY pos LIMIT 1 FOR NO KEY UPDATE");
        const auto desk = w.desk(w.db.app(), "sender");
        Lease lease{desk, batch};
        const auto loaded = lease.read([&](db::Transaction& tx) { return get_batch(tx, w.org, batch); });
        const auto live = make_attempt(lease, w.rail, loaded, "FAKE");
        REQUIRE(live->lines.size() == 1);
        REQUIRE(live->lines[0].amount.minor() == 50'00);
    });
}

TEST_CASE("a channel opens and closes once, and not while something of it is open", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    auto channel = open_channel(w, batch);
    const auto desk = w.desk(w.db.app(), "sender");
    const auto closing = [&] {
        return test::problem_code(
            [&] { db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { begin_closing(tx, desk, channel); }); });
    };
    auto deaf = w.deaf();
    REQUIRE(send(desk, w.rail, batch, by_channels(w, deaf)).open() == 1);
    REQUIRE(closing() == "channel.in_use");
    REQUIRE(w.send(batch).paid() == 1);
    REQUIRE(closing().empty());
    REQUIRE(closing() == "channel.moved");
    w.owe("band", ledger::AccountKind::party_payable, 1'00);
    const auto next = w.approved(); // no lane takes a channel that is being closed: the treasury's own numbers do
    REQUIRE(send(desk, w.rail, next, by_channels(w, w.rail)).paid() == 1);
    w.sweep();
}
