// The one door to the database: organizers apart, append-only, retries, lost connections, NULL.
#include "lib/db/migrate.hpp"
#include "tests/support/all_statements.hpp"
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

using namespace passa;
using namespace passa::db;

namespace {

std::string code_of(const std::function<void()>& f) {
    try {
        f();
    } catch (const Error& error) {
        return error.first().code;
    }
    return "no error";
}

// For what loses its connection: libpqxx 6.4 then drops one result of libpq unfreed, because
// connection_base::make_result asks for the encoding, which throws, before anything owns that result. Not ours to free.
std::string code_of_lost(const std::function<void()>& f) {
#ifdef __SANITIZE_ADDRESS__
    const __lsan::ScopedDisabler libpqxx;
#endif
    return code_of(f);
}

constexpr Statement k_insert{"test.insert_asset", "INSERT INTO asset (organizer_id, id, scale) VALUES ($1, $2, $3)"};
constexpr Statement k_select{"test.select_assets", "SELECT id FROM asset ORDER BY id"};

} // namespace

TEST_CASE("every SQL file prepares against the migrated schema", "[db]") {
    test::FreshDatabase fresh;
    for (const auto& statement : test::all_statements()) {
        CAPTURE(statement.name);
        fresh.app().connection().raw(fmt::format("PREPARE probe AS {}", statement.text));
        fresh.app().connection().raw("DEALLOCATE probe");
    }
    REQUIRE(migration_status(fresh.owner()).pending.empty());
}

TEST_CASE("two organizers with hostile names never see each other's rows", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a'; DROP TABLE asset; --");
    const auto b = fresh.add_organizer("b\" OR 1=1 --\\");
    transact(fresh.app(), {a}, [&](Transaction& tx) { tx.run(k_insert, a, "x' OR '1'='1", 2); });
    transact(fresh.app(), {b}, [&](Transaction& tx) { REQUIRE(tx.run(k_select).empty()); });
    REQUIRE(code_of([&] { transact(fresh.app(), {b}, [&](Transaction& tx) { tx.run(k_insert, a, "stolen", 2); }); }) ==
            "db.forbidden");
    transact(fresh.app(), {a},
             [&](Transaction& tx) { REQUIRE(tx.run(k_select).one().get<std::string>("id") == "x' OR '1'='1"); });
}

TEST_CASE("without an organizer there are no rows but an error", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    transact(fresh.app(), {a}, [&](Transaction& tx) { tx.run(k_insert, a, "KES", 2); });
    REQUIRE(code_of([&] { transact(fresh.app(), {}, [&](Transaction& tx) { tx.run(k_select); }); }) ==
            "db.no_organizer");
}

TEST_CASE("append-only rows refuse change, even by the owner", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    constexpr Statement insert{"test.audit",
                               "INSERT INTO audit (organizer_id, id, at, actor, action, subject, details) "
                               "VALUES ($1, $2, now(), 'x', 'y', 'z', '')"};
    transact(fresh.app(), {a}, [&](Transaction& tx) { tx.run(insert, a, fresh.ids.next()); });
    for (const auto* sql : {"UPDATE audit SET actor = 'w'", "DELETE FROM audit", "TRUNCATE audit"}) {
        CAPTURE(sql);
        REQUIRE(code_of([&] { transact(fresh.app(), {a}, [&](Transaction& tx) { tx.raw(sql); }); }) == "db.forbidden");
        REQUIRE(code_of([&] { transact(fresh.owner(), {a}, [&](Transaction& tx) { tx.raw(sql); }); }) ==
                "db.append_only");
    }
}

TEST_CASE("NULL into a type that is not optional is an error, not an empty text", "[db]") {
    test::FreshDatabase fresh;
    transact(fresh.owner(), {}, [&](Transaction& tx) {
        const auto row = tx.raw("SELECT NULL::text AS a, 'x' AS b").one();
        REQUIRE(row.get<std::optional<std::string>>("a") == std::nullopt);
        REQUIRE(row.get<std::optional<std::string>>("b") == "x");
        REQUIRE(code_of([&] { static_cast<void>(row.get<std::string>("a")); }) == "db.null");
        REQUIRE(code_of([&] { static_cast<void>(row.get<std::string>("c")); }) == "db.no_column");
    });
}

TEST_CASE("a lost connection is an error; the next transaction has a new session with all its settings", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    const auto pid = fresh.app().connection().backend_pid();
    const auto code = code_of_lost([&] {
        transact(fresh.app(), {a}, [&](Transaction& tx) {
            fresh.owner().connection().raw(fmt::format("SELECT pg_terminate_backend({}, 5000)", pid));
            tx.run(k_select);
        });
    });
    REQUIRE(code == "db.connection_lost");
    transact(fresh.app(), {a}, [&](Transaction& tx) {
        REQUIRE(tx.raw("SELECT current_user AS u").one().get<std::string>("u") == "passa_app");
        REQUIRE(tx.raw("SHOW lock_timeout").one().get<std::string>("lock_timeout") == "5s");
    });
    REQUIRE(fresh.app().connection().backend_pid() != pid);
}

TEST_CASE("a connection that took the application's role keeps it, and so does the one that follows a lost one",
          "[db]") {
    test::FreshDatabase fresh;
    Database database{{fresh.target(), "passa.tests", ""}};
    const auto role = [&] {
        return db::transact(database, {}, [](db::Transaction& tx) {
            return tx.raw("SELECT current_user::text AS r").one().get<std::string>("r");
        });
    };
    CHECK(role() == "passa");
    database.take_role(db::k_application_role);
    CHECK(role() == db::k_application_role);
    database.forget_connection();
    CHECK(role() == db::k_application_role);
}

TEST_CASE("who only read is in no doubt when the connection is lost", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    Scope reading{a};
    reading.read_only = true;
    REQUIRE(code_of_lost([&] {
                transact(fresh.app(), reading, [&](Transaction&) {
                    fresh.owner().connection().raw(
                        fmt::format("SELECT pg_terminate_backend({}, 5000)", fresh.app().connection().backend_pid()));
                });
            }) == "db.connection_lost");
}

TEST_CASE("a server that refuses us is no server that cannot be reached", "[db]") {
    test::FreshDatabase fresh;
    const auto open = [](const std::string& target) {
        return code_of([&] { const Connection one{{target, "passa.tests", ""}}; });
    };
    REQUIRE(open(test::cluster_target("no_such_database")) == "db.refused");
    REQUIRE(open("host=/nowhere dbname=passa") == "db.unreachable");
}

TEST_CASE("a commit whose answer is lost is in doubt, not failed", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    REQUIRE(code_of_lost([&] {
                transact(fresh.app(), {a}, [&](Transaction& tx) {
                    tx.run(k_insert, a, "KES", 2);
                    fresh.owner().connection().raw(
                        fmt::format("SELECT pg_terminate_backend({}, 5000)", fresh.app().connection().backend_pid()));
                });
            }) == "db.commit_in_doubt");
}

TEST_CASE("a transaction in which a statement failed cannot be committed, whoever swallowed the error", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    const auto swallow = [&](Transaction& tx) {
        tx.run(k_insert, a, "KES", 2);
        REQUIRE(code_of([&] { tx.raw("SELECT 1/0"); }) == "db.failed");
    };
    REQUIRE(code_of([&] { transact(fresh.app(), {a}, swallow); }) == "db.commit_failed");
    transact(fresh.app(), {a}, [&](Transaction& tx) { REQUIRE(tx.run(k_select).empty()); });
}

TEST_CASE("an organizer's own row changes in its own scope only", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    const auto b = fresh.add_organizer("b");
    const auto rename = fmt::format("UPDATE organizer SET title = 'changed' WHERE id = '{}'", a.uuid());
    transact(fresh.app(), {b}, [&](Transaction& tx) { REQUIRE(tx.raw(rename).affected() == 0); });
    transact(fresh.app(), {a}, [&](Transaction& tx) { REQUIRE(tx.raw(rename).affected() == 1); });
}

TEST_CASE("a serialization failure is tried again and then done once", "[db]") {
    test::FreshDatabase fresh;
    const auto a = fresh.add_organizer("a");
    int tries = 0;
    transact(fresh.app(), {a}, [&](Transaction& tx) {
        tx.run(k_insert, a, "KES", 2);
        if (++tries < 3) throw Error{{Kind::busy, "db.retry", "try again", ""}};
    });
    REQUIRE(tries == 3);
    transact(fresh.app(), {a}, [&](Transaction& tx) { REQUIRE(tx.run(k_select).size() == 1); });
}

TEST_CASE("COPY carries every character and NULL", "[db]") {
    test::FreshDatabase fresh;
    const std::vector<Parameter> texts{"tab\there", "line\nbreak", "back\\slash", "\\N",
                                       "",          "cr\r",        "Wanjikũ",     std::nullopt};
    transact(fresh.owner(), {}, [&](Transaction& tx) {
        tx.raw("CREATE TEMP TABLE t (n int, v text) ON COMMIT DROP");
        auto copy = tx.copy_in("t", {"n", "v"});
        for (std::size_t i = 0; i < texts.size(); ++i) copy.row(std::vector<Parameter>{std::to_string(i), texts[i]});
        copy.finish();
        const auto rows = tx.raw("SELECT v FROM t ORDER BY n");
        for (std::size_t i = 0; i < texts.size(); ++i)
            REQUIRE(rows[i].get<std::optional<std::string>>("v") == texts[i]);
    });
}

TEST_CASE("values survive the way to the database and back", "[db]") {
    test::FreshDatabase fresh;
    constexpr Statement echo{"test.echo", "SELECT $1::numeric(39,0) AS n, $2::bytea AS b, $3::timestamptz AS t, "
                                          "$4::text[] AS l, $5::uuid AS u, $6::boolean AS f"};
    const money::Int128 huge = -(static_cast<money::Int128>(1) << 100);
    const Bytes bytes{0, 1, 255};
    const std::vector<std::string> list{"a", "b,c", "d\"e\\", ""};
    const auto id = fresh.ids.next();
    transact(fresh.owner(), {}, [&](Transaction& tx) {
        const auto row = tx.run(echo, huge, bytes, fresh.clock.now(), list, id, true).one();
        REQUIRE((row.get<money::Int128>("n") == huge));
        REQUIRE(row.get<Bytes>("b") == bytes);
        REQUIRE(row.get<Instant>("t") == fresh.clock.now());
        REQUIRE(row.get<std::vector<std::string>>("l") == list);
        REQUIRE(row.get<IdBytes>("u") == id);
        REQUIRE(row.get<bool>("f"));
    });
}

TEST_CASE("a statement that expects one row says how many it got", "[db]") {
    test::FreshDatabase fresh;
    REQUIRE(code_of([&] { static_cast<void>(fresh.app().connection().raw("SELECT 1 WHERE false").one()); }) ==
            "db.not_one");
}

TEST_CASE("text where a number was expected is a defect that names both", "[db]") {
    test::FreshDatabase fresh;
    const auto rows = fresh.app().connection().raw("SELECT 'seven' AS n");
    REQUIRE(code_of([&] { static_cast<void>(rows.one().get<int>("n")); }) == "db.value");
}

TEST_CASE("a transaction inside a transaction is a defect, not a surprise", "[db]") {
    test::FreshDatabase fresh;
    auto& connection = fresh.app().connection();
    connection.begin({});
    REQUIRE(code_of([&] { connection.begin({}); }) == "db.usage");
    connection.rollback();
}

TEST_CASE("what the server refuses has a code of ours", "[db]") {
    test::FreshDatabase fresh;
    auto& connection = fresh.owner().connection();
    const auto refused = [&](const std::string& sql) { return code_of([&] { connection.raw(sql); }); };
    connection.raw("CREATE TEMP TABLE one (n int PRIMARY KEY)");
    connection.raw("CREATE TEMP TABLE two (n int REFERENCES one)");
    connection.raw("INSERT INTO one VALUES (1)");
    REQUIRE(refused("INSERT INTO one VALUES (1)") == "db.exists");
    REQUIRE(refused("INSERT INTO two VALUES (2)") == "db.reference");
    REQUIRE(refused("SELECT 1 / 0") == "db.failed");
    REQUIRE(refused("SET statement_timeout = 20; SELECT pg_sleep(5)") == "db.cancelled");
    connection.raw("SET statement_timeout = 0");
    REQUIRE(refused("SET TRANSACTION READ ONLY; CREATE TABLE none ()") == "db.read_only");
    REQUIRE(refused("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$") == "db.resources");
    REQUIRE(refused("DO $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = '55P03'; END $$") == "db.locked");
}
