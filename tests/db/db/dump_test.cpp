// A dump restores whole into an empty database, or nothing of it does.
#include "lib/db/dump.hpp"
#include "lib/db/migrate.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;

namespace {

// A database of the same server that holds nothing, gone afterwards.
class EmptyDatabase {
public:
    explicit EmptyDatabase(test::FreshDatabase& beside) : m_beside(beside) {
        m_beside.owner().connection().raw("CREATE DATABASE restored");
        m_owner.emplace(db::ConnectOptions{test::cluster_target("restored"), "test.owner", ""});
    }
    ~EmptyDatabase() {
        m_owner.reset();
        m_beside.owner().connection().raw("DROP DATABASE restored WITH (FORCE)");
    }
    EmptyDatabase(const EmptyDatabase&) = delete;
    EmptyDatabase& operator=(const EmptyDatabase&) = delete;
    db::Database& owner() { return *m_owner; }

private:
    test::FreshDatabase& m_beside;
    std::optional<db::Database> m_owner;
};

Bytes dump_of(test::FreshDatabase& database) {
    Bytes all;
    db::dump(database.target(), [&](ByteView some) { all.insert(all.end(), some.begin(), some.end()); });
    return all;
}

void restore_from(db::Database& owner, const Bytes& bytes) {
    std::size_t at = 0;
    db::restore(owner, [&](std::span<std::uint8_t> into) {
        const auto n = std::min(into.size(), bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), n, into.begin());
        at += n;
        return n;
    });
}

} // namespace

TEST_CASE("a dump restores with every migration and organizer", "[db]") {
    test::FreshDatabase database;
    database.add_organizer("made-up");
    EmptyDatabase empty{database};
    restore_from(empty.owner(), dump_of(database));
    CHECK(db::migration_status(empty.owner()).pending.empty());
    CHECK(empty.owner().connection().raw("SELECT name FROM organizer").one().get<std::string>("name") == "made-up");
    CHECK(test::problem_code([&] { restore_from(empty.owner(), dump_of(database)); }) == "db.not_empty");
}

TEST_CASE("what is no whole dump restores nothing", "[db]") {
    test::FreshDatabase database;
    database.add_organizer("made-up");
    EmptyDatabase empty{database};
    auto cut = dump_of(database);
    cut.resize(cut.size() / 2);
    const std::string words = "not a dump";
    for (const auto& bad : {cut, Bytes(words.begin(), words.end()), Bytes{}})
        CHECK(test::problem_code([&] { restore_from(empty.owner(), bad); }) == "db.restore");
    CHECK(empty.owner().connection().raw("SELECT 1 AS there FROM pg_class WHERE relname = 'organizer'").empty());
}

TEST_CASE("who may not read everything gets no dump", "[db]") {
    test::FreshDatabase database;
    CHECK(test::problem_code([&] { db::dump(database.target() + " options='-c role=passa_app'", [](ByteView) {}); }) ==
          "db.dump");
}
