// A batch of payouts, and a chain that shows what the book does not know: paid after all, paid by somebody else, come
// back.
#pragma once
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/run.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace passa::test {

struct FoundPaidWorld {
    explicit FoundPaidWorld(const std::vector<OwedParty>& owed, const money::Asset& asset = {"KES", 2})
        : file("paid"), network(file.path(), asset), world(db, "demo", owed, asset), rail(network, world.clock, 1, {}) {
        network.fund(1000'00);
        if (asset == money::Asset{"KES", 2}) make(world.event);
    }
    void make(const payout::CreateOrder& order) {
        batch = world.create(order);
        if (!batch.is_nil()) world.approve(batch);
    }
    void make(EventId event) { make(payout::CreateOrder{event, {}, {}, false, {}}); }
    // Every attempt finds its sequence used up: proved dead, the money stays set aside.
    void try_in_vain() {
        FakeRail unlucky{network, world.clock, 7, {.bad_sequence = 100}};
        world.send(batch, unlucky);
    }
    // The chain shows what the last (or first) dead attempt at the payout of this party was to pay.
    void show_paid(const std::string& party, money::Int128 minor, const std::string& to,
                   std::string_view order = "DESC") {
        const auto key = world.value(fmt::format(
            "SELECT t.key || ':' || l.pos AS value FROM payout_attempt_line l JOIN payout_attempt t ON t.id = "
            "l.attempt_id JOIN "
            "payout p ON p.id = l.payout_id JOIN party a ON a.id = p.party_id WHERE t.organizer_id = $1 AND a.name = "
            "'{0}' ORDER BY t.made_at {1}, t.id {1} LIMIT 1",
            party, order));
        rail::Statement said;
        said.to = ++position;
        said.to_ledger = position;
        said.complete = true;
        said.closed_at = world.clock.now();
        said.lines.push_back(
            {key, rail::StatementLine::Kind::payment, {-minor, world.asset}, to, "", world.clock.now(), position});
        held -= minor;
        said.closing = {{held, world.asset}};
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            const auto treasury = recon::load_treasuries(tx, world.org, {}).at(0).id;
            recon::take_in({{tx, world.org, db.ids, world.clock.now()}, treasury, "tester"}, said);
            breaks = recon::load_breaks(tx, world.org, {});
        });
        REQUIRE(breaks.size() == 1);
        REQUIRE(breaks[0].type == "STATUS_CONFLICT");
    }
    // Somebody paid this by hand, or from books that were lost.
    void show_strange(money::Int128 minor, const std::string& to) { show_back(-minor, to); }
    // Then this comes to the treasury.
    void show_back(money::Int128 minor, const std::string& from) {
        held += minor;
        rail::Statement said{position, position + 1, position + 1,          true,
                             "",       {},           {{held, world.asset}}, world.clock.now()};
        ++position;
        const auto ref = fmt::format("back{}:0", position);
        said.lines.push_back(
            {ref, rail::StatementLine::Kind::payment, {minor, world.asset}, from, "", world.clock.now(), position});
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            const auto treasury = recon::load_treasuries(tx, world.org, {}).at(0).id;
            REQUIRE_FALSE(
                recon::take_in({{tx, world.org, db.ids, world.clock.now()}, treasury, "tester"}, said).has_gap);
            breaks = recon::load_breaks(tx, world.org, {});
        });
        REQUIRE(breaks.size() == 1);
    }
    void close(recon::CloseCode code, std::optional<PayoutId> payout = {}) {
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            recon::close({tx, world.org, db.ids, world.clock.now()},
                         {breaks.at(0).id, code, "looked at it", "clerk", payout});
        });
    }
    std::string suspense() {
        return world.value("SELECT coalesce(sum(o.amount), 0)::text AS value FROM posting o JOIN account a ON a.id = "
                           "o.account_id WHERE a.organizer_id = $1 AND a.kind = 'suspense' AND a.treasury_id IS NOT "
                           "NULL");
    }
    std::string state(const std::string& party) {
        return world.value(fmt::format("SELECT p.state AS value FROM payout p JOIN party a ON a.id = p.party_id WHERE "
                                       "p.organizer_id = $1 AND a.name = '{}'",
                                       party));
    }
    PayoutId payout_of(const std::string& party) {
        const auto all = world.payouts(batch);
        const auto one = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.party_name == party; });
        REQUIRE(one != all.end());
        return one->id;
    }
    void require_paid_once(const std::string& party) {
        const auto books = world.balances();
        REQUIRE_FALSE(books.contains("party_payable " + party));
        REQUIRE(suspense() == "0");
        REQUIRE_FALSE(books.contains("payout_clearing KES"));
        REQUIRE(world.payouts(world.create()).empty());
        REQUIRE(world.send(batch, rail).paid() == 0);
        REQUIRE(network.payments().empty());
        db.sweep(world.org);
    }

    FreshDatabase db;
    NetworkFile file;
    FakeNetwork network;
    PayoutWorld world;
    FakeRail rail;
    BatchId batch{};
    std::int64_t position = 0;
    money::Int128 held = 0; // by the treasury, as the chain says
    std::vector<recon::BreakView> breaks;
};

} // namespace passa::test
