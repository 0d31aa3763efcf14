// Two binaries find the same empty database.
#include "lib/db/migrate.hpp"
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace passa;
using namespace passa::db;

namespace {

// A database without a schema; gone at the end.
class EmptyDatabase {
public:
    explicit EmptyDatabase(const std::string& owner = "passa") {
        admin("CREATE DATABASE passa_test_empty TEMPLATE template0 OWNER " + owner);
    }
    ~EmptyDatabase() { admin("DROP DATABASE passa_test_empty WITH (FORCE)"); }
    [[nodiscard]] static Database owner() {
        return Database{{test::cluster_target("passa_test_empty"), "passa.tests", ""}};
    }

    static void admin(const std::string& sql) {
        Connection{{test::cluster_target("postgres"), "passa.tests", ""}}.raw(sql);
    }
};

void wait_until_one_waits(Connection& connection) {
    for (int tries = 0; tries < 200; ++tries) {
        if (!connection.raw("SELECT 1 AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").empty()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    FAIL("nobody waits for the lock");
}

} // namespace

TEST_CASE("a binary that waited for another's migrations finds nothing left to do", "[db]") {
    const EmptyDatabase empty;
    auto first = EmptyDatabase::owner();
    auto second = EmptyDatabase::owner();
    REQUIRE(migration_status(second).applied == 0); // from here on its session remembers that there is no schema
    first.connection().raw("SELECT pg_advisory_lock(7238001)");
    std::vector<Migration> left;
    std::string error;
    std::thread waiting{[&] {
        try {
            left = migrate(second);
        } catch (const Error& e) { // said by the test's own thread
            error = e.first().message;
        }
    }};
    wait_until_one_waits(first.connection());
    REQUIRE(migrate(first).size() == migrations().size());
    first.connection().raw("SELECT pg_advisory_unlock(7238001)");
    waiting.join();
    REQUIRE(error.empty());
    REQUIRE(left.empty());
}

TEST_CASE("a channel that an older release declared hears by default what today's hear", "[db][notify]") {
    const EmptyDatabase empty;
    auto owner = EmptyDatabase::owner();
    transact(owner, {.what = "test"}, [](Transaction& tx) { apply_up_to(tx, 17); });
    owner.connection().raw(R"(
        INSERT INTO organizer VALUES (gen_random_uuid(), 'demo', 'Demo', 'UTC', now());
        CREATE FUNCTION declare(channel text, type text, spec jsonb, kinds text[]) RETURNS void LANGUAGE sql AS $$
            INSERT INTO object SELECT id, 'NoticeChannel', channel, gen_random_uuid(), 1, spec, spec, sha256('x'), 'x:1', 'x', now() FROM organizer;
            INSERT INTO notice_channel (organizer_id, id, name, type, language, kinds, jobs, url, recipients, private_addresses)
            SELECT id, gen_random_uuid(), channel, type, 'en', kinds, '{}', 'https://ping.example.org/x', '{}', false FROM organizer
        $$;
        SELECT declare('by-default', 'webhook', '{}', '{run.partial,run.failed,run.alarm,break.opened}'),
            declare('empty', 'webhook', '{"tell": []}', '{run.partial,run.failed,run.alarm,break.opened}'),
            declare('as-named', 'webhook', '{"tell": ["run.failed", "break.opened"]}', '{run.failed,break.opened}'),
            declare('beating', 'ping', '{}', '{run.done,run.partial,run.failed,run.alarm}');
        DROP FUNCTION declare;)");
    migrate(owner);
    const auto told = [&](const std::string& what) {
        owner.connection().raw("BEGIN; SELECT passa_notice(id, '" + what + "', '', 'x', '{}') FROM organizer");
        std::string names;
        for (const auto& row : owner.connection().raw("SELECT channel FROM notice_outbox ORDER BY channel"))
            names += (names.empty() ? "" : " ") + row.get<std::string>("channel");
        owner.connection().raw("ROLLBACK");
        return names;
    };
    REQUIRE(told("run.failed") == "as-named beating by-default empty");
    REQUIRE(told("payout.unknown") == "by-default empty");
    REQUIRE(told("batch.waiting") == "by-default empty");
    REQUIRE(told("break.opened") == "as-named by-default empty");
    REQUIRE(told("run.done") == "beating");
    REQUIRE(told("run.started") == "");
}

TEST_CASE("who may not become the application's role is told what to ask for", "[db]") {
    EmptyDatabase::admin("CREATE ROLE passa_test_plain");
    {
        const EmptyDatabase empty{"passa_test_plain"};
        Database plain{{test::cluster_target("passa_test_empty"), "passa.tests", "passa_test_plain"}};
        try {
            migrate(plain);
            FAIL("it was let in");
        } catch (const Error& error) {
            REQUIRE(error.first().code == "db.role");
            REQUIRE(error.first().message.find("passa_test_plain") != std::string::npos);
        }
        EmptyDatabase::admin("GRANT passa_app TO passa_test_plain");
        REQUIRE(migrate(plain).size() == migrations().size());
    }
    EmptyDatabase::admin("DROP ROLE passa_test_plain");
}
