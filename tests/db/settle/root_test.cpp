// The root over a settlement's lines: SQL writes it, C++ proves by it, and neither it nor the lines may change behind
// it.
#include "lib/settle/prove.hpp"
#include "tests/support/problem_code.hpp"
#include "tests/support/property.hpp"
#include "tests/support/settle_fixture.hpp"

#include <algorithm>

using namespace passa;
using Fixture = test::SettleFixture;

namespace {

settle::Settlement stored(Fixture& f, SettlementId id) {
    return db::transact(f.db.app(), {f.org},
                        [&](db::Transaction& tx) { return settle::get_settlement(tx, f.org, id); });
}

proof::File prove(Fixture& f, SettlementId id, const std::string& party) {
    return db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) { return settle::prove(tx, f.org, id, party); });
}

// As the owner of the tables, past the triggers: what nobody may do, and the laws must find.
void tamper(Fixture& f, const std::string& sql) {
    auto& connection = f.db.owner().connection();
    connection.raw("SET session_replication_role = replica");
    connection.raw(sql);
    connection.raw("RESET session_replication_role");
}

bool is_broken(Fixture& f, const std::string& law) {
    const auto laws = f.db.broken_laws(f.org);
    return std::find(laws.begin(), laws.end(), law) != laws.end();
}

SettlementId settle_two_parties(Fixture& f) {
    f.add_line(1000'00, 160'00, 30'00, 0, true);
    f.add_line(333'33, 0, 1, 1, true);
    return f.settle()->id;
}

} // namespace

TEST_CASE("every line of every settlement is proved by its root", "[db][prop]") {
    auto database = std::make_shared<test::FreshDatabase>();
    int worlds = 0;
    test::holds_for_some(5, [&] {
        Fixture f{database, fmt::format("world-{}", worlds++)};
        for (int round = 0; round < 3; ++round) {
            const auto sales = *rc::gen::inRange(1, 6);
            for (int n = 0; n < sales; ++n)
                f.add_line(*rc::gen::inRange(1, 1'000'00), 0, 0, *rc::gen::inRange<std::size_t>(0, 2),
                           *rc::gen::arbitrary<bool>());
            if (*rc::gen::arbitrary<bool>()) f.change_line(0, "refund", -f.sales[0].now);
            const auto settled = f.settle();
            const auto settlement = stored(f, settled->id);
            std::size_t proved = 0;
            for (const auto& name : {"party-0", "party-1", "party-2", "party-3"}) {
                const auto is_theirs = [&](const auto& d) { return d.party_name == name; };
                const auto theirs = std::count_if(settlement.deltas.begin(), settlement.deltas.end(), is_theirs);
                if (theirs == 0) continue;
                const auto file = prove(f, settled->id, name);
                RC_ASSERT(file.root == settlement.root);
                RC_ASSERT(file.proofs.size() == static_cast<std::size_t>(theirs));
                RC_ASSERT(proof::check(file, file.root).ok());
                RC_ASSERT(proof::parse_file(proof::file_text(file)).ok());
                proved += file.proofs.size();
            }
            RC_ASSERT(proved == settlement.deltas.size());
        }
        f.db.sweep(f.org);
    });
}

TEST_CASE("a proved line says what was posted, and roots differ where lines are the same", "[db]") {
    Fixture f;
    const auto id = settle_two_parties(f);
    const auto file = prove(f, id, "party-3");
    REQUIRE(file.proofs.size() == 2); // a commission under each plan
    const auto& line = file.proofs[0].line;
    REQUIRE(line.settlement == id.text());
    REQUIRE(line.event == "show");
    REQUIRE(line.kind == "commission");
    REQUIRE(line.plan == "plan-0 v1");
    REQUIRE(line.campaign == "c v1");
    REQUIRE(line.amount + " " + line.asset == "59.13 KES"); // 7.3 % of 810.00
    REQUIRE(line.lines == 7);

    Fixture other{f.database, "other"};
    REQUIRE(stored(other, settle_two_parties(other)).root != stored(f, id).root);
}

TEST_CASE("a settlement that posts nothing has the root of no lines, and proves nothing", "[db]") {
    Fixture f;
    const auto sale = f.add_line(100'00, 0, 0, 0, false);
    f.change_line(sale, "refund", {-100'00, 0, 0});
    const auto id = f.settle()->id;
    REQUIRE(to_hex(*stored(f, id).root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    REQUIRE(test::problem_code([&] { prove(f, id, "party-0"); }) == "proof.no_line");
    REQUIRE(test::problem_code([&] { prove(f, f.db.ids.make<SettlementTag>(), "party-0"); }) == "settlement.not_found");
    f.db.sweep(f.org);
}

TEST_CASE("a root is written once: nobody changes it, takes it away or adds a second", "[db]") {
    Fixture f;
    settle_two_parties(f);
    const db::Statement changes[] = {{"test.root_changed", "UPDATE settlement_root SET root = sha256(root)"},
                                     {"test.root_gone", "DELETE FROM settlement_root"},
                                     {"test.root_again", "INSERT INTO settlement_root SELECT * FROM settlement_root"}};
    for (const auto& change : changes) {
        CAPTURE(change.name);
        const auto by_app = [&] { db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) { tx.run(change); }); };
        REQUIRE_FALSE(test::problem_code(by_app).empty());
        REQUIRE_FALSE(test::problem_code([&] { f.db.owner().connection().raw(std::string{change.text}); }).empty());
    }
    f.db.sweep(f.org);
}

TEST_CASE("a line that was changed, added or taken away behind its root is found", "[db]") {
    const std::string changes[] = {
        "UPDATE settlement_due SET due = due + 1, delta = delta + 1 WHERE party_id = (SELECT id FROM party WHERE name "
        "= "
        "'party-0') AND kind = 'share' AND delta > 0",
        "DELETE FROM settlement_due WHERE ctid = (SELECT min(ctid) FROM settlement_due)",
        "INSERT INTO settlement_due SELECT organizer_id, event_id, settlement_id, plan_version_id, asset_id, kind, "
        "(SELECT "
        "id FROM party WHERE name = 'party-3'), NULL, 0, 0, 0 FROM settlement_due WHERE kind = 'share' LIMIT 1",
        "UPDATE party SET name = 'party-9' WHERE name = 'party-0'",
        "UPDATE settlement_root SET seed = sha256(seed)",
        "UPDATE settlement_root SET root = sha256(root)"};
    for (const auto& change : changes) {
        CAPTURE(change);
        Fixture f;
        const auto id = settle_two_parties(f);
        REQUIRE_FALSE(is_broken(f, "settle.check_roots"));
        tamper(f, change);
        REQUIRE(is_broken(f, "settle.check_roots"));
        REQUIRE(test::problem_code([&] { prove(f, id, "party-1"); }) == "proof.root_differs");
    }
}

TEST_CASE("a settlement without a root is found", "[db]") {
    Fixture f;
    settle_two_parties(f);
    tamper(f, "DELETE FROM settlement_root");
    REQUIRE(is_broken(f, "settle.check_roots"));
}

TEST_CASE("a party with more lines than a file holds is told so; the others are proved beside it", "[db]") {
    Fixture f;
    const auto id = settle_two_parties(f);
    tamper(f, "WITH c AS (INSERT INTO campaign (organizer_id, event_id, id, name) SELECT organizer_id, id, "
              "gen_random_uuid(), 'many-' || n FROM event, generate_series(1, 1001) n RETURNING *), "
              "v AS (INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, effective_from, "
              "rate_ppm, created_at) SELECT organizer_id, event_id, gen_random_uuid(), id, 1, '-infinity', 1, now() "
              "FROM c RETURNING *) "
              "INSERT INTO settlement_due SELECT v.organizer_id, v.event_id, s.id, (SELECT min(id::text)::uuid FROM "
              "split_plan_version), 'KES', 'commission', (SELECT id FROM party WHERE name = 'party-3'), v.id, 1, 0, 1 "
              "FROM v, settlement s");
    tamper(f, "DELETE FROM settlement_root");
    tamper(f,
           "INSERT INTO settlement_root SELECT organizer_id, event_id, id, seed, passa_settlement_root(organizer_id, "
           "event_id, id, seed) FROM settlement, passa_fresh_seed() seed");
    REQUIRE(test::problem_code([&] { prove(f, id, "party-3"); }) == "proof.too_many");
    const auto file = prove(f, id, "party-1");
    REQUIRE(file.proofs.front().line.lines == 1008);
    REQUIRE(proof::check(file, file.root).ok());
}
