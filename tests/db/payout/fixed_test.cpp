// What the database itself keeps of payouts, whoever writes.
#include "lib/payout/read.hpp"
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using test::PayingWorld;

TEST_CASE("of a batch and its payouts only states move", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"crew", 50'00}}};
    w.create();
    for (const auto* change : {"made_by = 'checker'", "made_os_user = 'x'", "sha256 = sha256('')", "made_at = now()",
                               "event_id = NULL", "file_sha256 = sha256('')", "settlement_id = gen_random_uuid()"}) {
        CAPTURE(change);
        REQUIRE_THROWS_WITH(w.execute(fmt::format("UPDATE payout_batch SET {}", change)), Catch::Contains("is fixed"));
    }
    for (const auto* change :
         {"destination = 'elsewhere'", "memo = 'id:1'", "amount_minor = amount_minor + 1",
          "owed_minor = owed_minor + 1", "netted_minor = 1", "asset_id = 'XLM'", "rail = 'mpesa'", "reference = 'x'",
          "pos = pos + 10", "party_id = (SELECT id FROM party WHERE name = 'crew' AND id <> party_id)", "file_line = 1",
          "exchange_rate_id = gen_random_uuid()", "own_memo = true", "source = 'expense'",
          "event_id = gen_random_uuid()"}) {
        CAPTURE(change);
        REQUIRE_THROWS_WITH(w.execute(fmt::format("UPDATE payout SET {} WHERE pos = 0", change)),
                            Catch::Contains("is fixed"));
    }
}

TEST_CASE("a payout moves as the table says, and holds what its state needs", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    for (const auto* state : {"sending", "confirmed", "failed", "planned"}) {
        CAPTURE(state);
        REQUIRE_THROWS_WITH(w.execute(fmt::format("UPDATE payout SET state = '{}'", state)),
                            Catch::Contains("cannot move"));
    }
    REQUIRE_THROWS_WITH(w.execute("UPDATE payout SET state = 'reserved'"),
                        Catch::Contains("check")); // no journal entry
    REQUIRE(w.send(batch).paid() == 1);
    for (const auto* change : {"state = 'ready'", "state = 'failed'", "state = 'unknown'"}) {
        CAPTURE(change);
        REQUIRE_THROWS_WITH(w.execute(fmt::format("UPDATE payout SET {}", change)), Catch::Contains("cannot move"));
    }
    REQUIRE_THROWS_WITH(
        w.execute("UPDATE payout SET reserve_journal_id = (SELECT id FROM journal WHERE kind = 'payout_done')"),
        Catch::Contains("is fixed"));
    REQUIRE_THROWS_WITH(w.execute("INSERT INTO payout_move SELECT organizer_id, payout_id, 99, 'confirmed', 'checked', "
                                  "'ready', actor, '', NULL, now() FROM payout_move LIMIT 1"),
                        Catch::Contains("payout_move"));
    w.sweep();
}

TEST_CASE("what payouts name stays: assets, events, rates", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}, {"USDC:G", 7}};
    const auto batch = w.create(); // blocked for want of a rate: nothing else names the asset
    REQUIRE(batch.is_nil());
    w.add_rate(77, 4);
    const auto made = w.create();
    w.execute("UPDATE party SET payout_asset_id = NULL");
    REQUIRE_THROWS_WITH(w.execute("ALTER TABLE treasury DISABLE TRIGGER ALL; DELETE FROM asset WHERE id = 'USDC:G'"),
                        Catch::Contains("foreign key"));
    REQUIRE_THROWS_WITH(w.execute("DELETE FROM event"), Catch::Contains("foreign key"));
    REQUIRE(w.payouts(made).size() == 1);
}

TEST_CASE("a reversal reverses an entry, and an account is one treasury's", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}}};
    REQUIRE_THROWS_WITH(
        w.execute("INSERT INTO journal (organizer_id, id, kind, cause_id, cause_key, effective_at, posted_at) "
                  "SELECT organizer_id, gen_random_uuid(), 'reversal', gen_random_uuid(), '', now(), now() "
                  "FROM journal LIMIT 1"),
        Catch::Contains("journal"));
    REQUIRE_THROWS_WITH(
        w.execute("INSERT INTO journal (organizer_id, id, kind, cause_id, cause_key, effective_at, posted_at, "
                  "reverses_id) SELECT organizer_id, gen_random_uuid(), 'funding', gen_random_uuid(), '', "
                  "now(), now(), id FROM journal LIMIT 1"),
        Catch::Contains("journal"));
    REQUIRE_THROWS_WITH(w.execute("INSERT INTO treasury SELECT organizer_id, gen_random_uuid(), 'second', rail, "
                                  "network_name, account, key_name, asset_id FROM treasury"),
                        Catch::Contains("treasury_organizer_id_rail"));
}
