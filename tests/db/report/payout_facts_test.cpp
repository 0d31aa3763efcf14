// Every payout is explained, whatever became of it; and a row that was changed behind the house's back is named.
#include "lib/crypto/hash.hpp"
#include "lib/report/payout_facts.hpp"
#include "tests/support/payout_fixture.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using Catch::Contains;
using payout::State;

namespace {

constexpr std::string_view k_rate =
    "WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, mantissa, "
    "decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', 1, 'KES', 'JPY', 12, 1, "
    "'-infinity', 'a bank', '-infinity' RETURNING 1) SELECT count(*) AS value FROM r";

// One paid, one failed and one blocked payout, in another asset than is owed.
struct World {
    World()
        : file("explain"), network(file.path(), {"JPY", 0}),
          world(db, "demo", {{"band", 1000'99}, {"shut", 50'00}, {"lost", 70'00, std::nullopt}}, {"JPY", 0}),
          rail(network, world.clock, 1, {}) {
        world.value(std::string{k_rate});
        network.fund(5000);
        network.close_destination("to-shut");
        batch = world.create();
        world.approve(batch);
        world.send(batch, rail);
    }
    report::PayoutFacts explain(const std::string& party) {
        for (const auto& p : world.payouts(batch))
            if (p.party_name == party)
                return db::transact(db.app(), {world.org},
                                    [&](db::Transaction& tx) { return report::explain_payout(tx, world.org, p.id); });
        throw std::logic_error{"no such party"};
    }
    std::string refusal(const std::string& party) {
        try {
            explain(party);
        } catch (const Error& error) {
            return error.first().code + ": " + error.first().message;
        }
        return "equal";
    }
    void tamper(const std::string& table, const std::string& sql) {
        db::transact(db.owner(), {world.org}, [&](db::Transaction& tx) {
            tx.raw("ALTER TABLE " + table + " DISABLE TRIGGER USER");
            tx.raw(sql);
        });
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
    BatchId batch;
};

} // namespace

TEST_CASE("a paid payout is explained from what is owed to the proof", "[db][report]") {
    World w;
    const auto f = w.explain("band");
    CHECK(f.payout.state == State::confirmed);
    CHECK(f.payout.amount.text() == "1201 JPY");
    REQUIRE(f.conversion);
    CHECK(f.conversion->rounding.text() == "0.15 KES");
    CHECK(f.conversion->rate == "fx v1");
    REQUIRE(f.approvals.size() == 1);
    CHECK(f.approvals.front().sha256 == f.batch.sha256);
    CHECK(f.moves.back().to == "confirmed");
    CHECK(std::count_if(f.attempts.begin(), f.attempts.end(), [](const auto& a) { return a.live; }) == 1);
    CHECK_FALSE(f.evidence.empty());
    CHECK_FALSE(f.postings.empty());
}

TEST_CASE("failed and blocked payouts are explained too", "[db][report]") {
    World w;
    const auto failed = w.explain("shut");
    CHECK(failed.payout.state == State::failed);
    CHECK_FALSE(failed.payout.reason.empty());
    const auto blocked = w.explain("lost");
    CHECK(blocked.payout.state == State::blocked);
    CHECK(blocked.postings.empty());
    CHECK(blocked.attempts.empty());
}

TEST_CASE("a payout that was changed behind the house's back does not replay", "[db][report]") {
    World w;
    SECTION("its destination") {
        w.tamper("payout", "UPDATE payout SET destination = 'elsewhere' WHERE destination = 'to-band'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("no longer what its hash says"));
    }
    SECTION("its rate") {
        w.tamper("exchange_rate", "UPDATE exchange_rate SET mantissa = 13");
        CHECK_THAT(w.refusal("band"),
                   Contains("explain.payout_differs") && Contains("not what is owed at its exchange rate"));
    }
    SECTION("its approval") {
        w.tamper("payout_approval", "UPDATE payout_approval SET approved_by = 'maker'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("approved by its maker"));
    }
    SECTION("a missing move") {
        w.tamper("payout_move", "DELETE FROM payout_move WHERE cause = 'money_reserved'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("a move is missing"));
    }
    SECTION("its state") {
        w.tamper("payout", "UPDATE payout SET state = 'settled' WHERE state = 'confirmed'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("do not end in the state"));
    }
    SECTION("its evidence") {
        w.tamper("evidence", "UPDATE evidence SET raw = raw || '\\x00'::bytea");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("its evidence"));
    }
    SECTION("its proof") {
        w.tamper("payout_move", "UPDATE payout_move SET evidence_id = NULL WHERE cause = 'proof_of_success'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("no evidence of its attempt"));
    }
    SECTION("the proof of another attempt") {
        w.tamper("payout_move",
                 "UPDATE payout_move SET evidence_id = (SELECT dead_evidence_id FROM payout_attempt WHERE "
                 "state = 'dead' LIMIT 1) WHERE cause = 'proof_of_success'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("no evidence of its attempt"));
    }
    SECTION("its postings") {
        w.tamper("posting", "UPDATE posting o SET amount = amount * 2 FROM journal j WHERE j.id = o.journal_id AND "
                            "j.kind = 'payout_done'");
        CHECK_THAT(w.refusal("band"), Contains("explain.payout_differs") && Contains("clearing account"));
    }
}

TEST_CASE("what was owed for each event and what was set against it is told", "[db][report]") {
    test::FreshDatabase db;
    test::NetworkFile file{"explain-net"};
    test::FakeNetwork network{file.path(), {"KES", 2}};
    test::PayoutWorld world{db, "demo", {{"band", -500'00, "somewhere", {}, 100'00}}};
    test::FakeRail rail{network, world.clock, 1, {}};
    const auto second = world.add_event("second");
    world.owe("band", ledger::AccountKind::party_payable, 2000'00, second);
    network.fund(10'000'00);
    const auto batch = world.create({second, {}, {}, false, {}});
    const auto id = world.payouts(batch).at(0).id;
    const auto explain = [&] {
        return db::transact(db.app(), {world.org},
                            [&](db::Transaction& tx) { return report::explain_payout(tx, world.org, id); });
    };
    const auto parts = [&] {
        std::string text;
        for (const auto& part : explain().parts)
            text += fmt::format("{} {}\n", part.event.value_or("others"), part.owed.number());
        return text;
    };
    CHECK(parts() == "second 2000.00\nothers -400.00\n"); // nobody has chosen which debts yet
    world.approve(batch);
    REQUIRE(world.send(batch, rail).paid() == 1);
    CHECK(parts() == "second 2000.00\nshow -400.00\n");
    const auto facts = explain();
    CHECK(facts.payout.netted.number() == "400.00");
    CHECK(facts.payout.owed.number() == "1600.00");
    for (const auto& posting : facts.postings)
        CHECK(posting.event.has_value() ==
              (posting.account == "party_payable" || posting.account == "commission_payable"));
    auto wrong = facts;
    wrong.parts.back().owed = wrong.payout.owed;
    CHECK(test::problem_code([&] { report::replay_payout(wrong); }) == "explain.payout_differs");
}

TEST_CASE("the bytes of attempts and evidence are read again by their rail", "[db][report]") {
    World w;
    const auto read_again = [&](report::PayoutFacts facts) {
        report::replay_bytes(facts, {[](const report::AttemptFacts& attempt, const rail::Order& order) {
                                         CHECK(order.destination == "to-band");
                                         const bool same =
                                             to_hex(crypto::sha256(attempt.stored.payload)) == attempt.stored.key;
                                         return std::optional<std::string>{same ? "" : "they do not have its hash"};
                                     },
                                     [](const std::string&, const rail::Evidence&) { return std::nullopt; }});
        return facts;
    };
    const auto facts = read_again(w.explain("band"));
    CHECK(std::all_of(facts.attempts.begin(), facts.attempts.end(), [](const auto& a) { return a.is_read; }));
    CHECK(std::none_of(facts.evidence.begin(), facts.evidence.end(), [](const auto& e) { return e.is_read; }));
    w.tamper("payout_attempt", "UPDATE payout_attempt SET payload = payload || '\\x00'::bytea");
    const auto changed = w.explain("band"); // the rows alone do not tell
    CHECK(test::problem_code([&] { read_again(changed); }) == "explain.payout_differs");
}

TEST_CASE("explain goes by the same exchange rate as the batch that was made", "[db][report]") {
    World w;
    const auto at = [&](int minutes) {
        return fmt::format("'{}'", to_text(w.world.clock.now() + std::chrono::minutes{minutes}));
    };
    const auto add = [&](int version, int mantissa, int from, int made) {
        w.world.value(fmt::format("WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, "
                                  "from_asset_id, to_asset_id, mantissa, "
                                  "decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', "
                                  "{}, 'KES', 'JPY', {}, 1, "
                                  "{}, 'a bank', {} RETURNING 1) SELECT count(*) AS value FROM r",
                                  version, mantissa, at(from), at(made)));
    };
    const auto archive = [&](int minutes) {
        w.world.value(fmt::format(
            "WITH o AS (INSERT INTO object (organizer_id, kind, name, id, generation, spec, applied, applied_sha256, "
            "applied_from, changed_by, changed_at, archived_at) SELECT $1, 'ExchangeRate', 'fx', gen_random_uuid(), 1, "
            "'{{}}', '{{}}', sha256(''), 'x', 'x', {0}, {0} ON CONFLICT (organizer_id, kind, name) DO UPDATE SET "
            "archived_at = {0} RETURNING 1) SELECT count(*) AS value FROM o",
            at(minutes)));
    };
    w.world.owe("band", ledger::AccountKind::party_payable, 100'00);
    add(2, 13, 3, 1); // planned,
    add(3, 14, 2, 2); // and withdrawn by this one before it began
    w.world.clock.advance(std::chrono::minutes{10});
    w.batch = w.world.create();
    REQUIRE(w.refusal("band") == "equal");
    CHECK(w.explain("band").conversion->rate == "fx v3");
    add(4, 15, 20, 1); // made meanwhile, for later
    archive(5);
    CHECK(w.refusal("band") == "equal");
    archive(-5);
    CHECK_THAT(w.refusal("band"), Contains("another exchange rate was in force"));
}

TEST_CASE("a payout that is not there is named", "[db][report]") {
    World w;
    try {
        db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
            return report::explain_payout(tx, w.world.org, w.db.ids.make<PayoutTag>());
        });
        FAIL("found");
    } catch (const Error& error) {
        CHECK(error.first().code == "explain.no_payout");
    }
}
