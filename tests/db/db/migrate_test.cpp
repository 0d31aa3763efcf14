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
    EmptyDatabase() { admin("CREATE DATABASE passa_test_empty TEMPLATE template0"); }
    ~EmptyDatabase() { admin("DROP DATABASE passa_test_empty WITH (FORCE)"); }
    [[nodiscard]] static Database owner() {
        return Database{{test::cluster_target("passa_test_empty"), "passa.tests", ""}};
    }

private:
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
