// Who waits in vain is told for whom, as far as the database says.
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::db;

namespace {

constexpr const char* k_hold = "SELECT pg_advisory_xact_lock(42)";

Problem give_up(Database& database) {
    try {
        transact(database, {},
                 [](Transaction& tx) { tx.raw(std::string{"SET LOCAL lock_timeout = '50ms'; "} + k_hold); });
    } catch (const Error& error) {
        return error.first();
    }
    return {};
}

// A session of another command, with a transaction open that holds what k_hold asks for.
struct Holder {
    Holder(const test::FreshDatabase& fresh, const std::string& name, const char* sql)
        : database{{fresh.target(), name}} {
        database.connection().begin({});
        database.connection().raw(sql);
    }
    Database database;
};

} // namespace

TEST_CASE("who waited in vain learns which command holds what it needs", "[db]") {
    test::FreshDatabase fresh;
    Holder apply{fresh, "passa.apply", k_hold};
    const auto problem = give_up(fresh.app());
    REQUIRE(problem.code == "db.locked");
    REQUIRE(problem.message == "passa apply holds what this needs (its transaction is open since 0 s)");
    REQUIRE(problem.hint == "try again when it is done");
    apply.database.connection().rollback();
    REQUIRE(give_up(fresh.app()).code.empty());
}

TEST_CASE("a row that is locked is held by a command, too, and sessions that hold nothing are not named", "[db]") {
    test::FreshDatabase fresh;
    const auto org = fresh.add_organizer("o");
    Holder reader{fresh, "passa.report.event", "SELECT 1"};
    Holder recon{fresh, "passa.recon.run", "SELECT 1"};
    recon.database.connection().raw(fmt::format("SET LOCAL passa.organizer = '{}'", org.uuid()));
    recon.database.connection().raw("INSERT INTO asset (organizer_id, id, scale) SELECT id, 'KES', 2 FROM organizer");
    std::string said;
    try {
        transact(fresh.app(), {org}, [&](Transaction& tx) {
            tx.raw("SET LOCAL lock_timeout = '50ms'");
            tx.raw("INSERT INTO asset (organizer_id, id, scale) SELECT id, 'KES', 2 FROM organizer");
        });
    } catch (const Error& error) {
        said = error.first().message;
    }
    REQUIRE(said == "passa recon run holds what this needs (its transaction is open since 0 s)");
}

TEST_CASE("of several that hold something nobody is blamed alone", "[db]") {
    test::FreshDatabase fresh;
    Holder apply{fresh, "passa.apply", k_hold};
    Holder other{fresh, "psql", "SELECT pg_advisory_xact_lock(43)"};
    REQUIRE(give_up(fresh.app()).message ==
            "another one holds what this needs: passa apply (its transaction is open since 0 s) or psql (since 0 s)");
}

TEST_CASE("whoever let go meanwhile is not named", "[db]") {
    test::FreshDatabase fresh;
    std::string said;
    try {
        transact(fresh.app(), {},
                 [](Transaction& tx) { tx.raw("DO $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = '55P03'; END $$"); });
    } catch (const Error& error) {
        said = error.first().message;
    }
    REQUIRE(said == "somebody else held what this needs");
}
