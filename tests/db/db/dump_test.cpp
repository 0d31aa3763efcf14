// A dump restores whole into an empty database, or nothing of it does.
#include "lib/db/dump.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/restore.hpp"
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

std::vector<std::string> restore_from(db::Database& owner, const Bytes& bytes,
                                      db::Foreign foreign = db::Foreign::refuse) {
    std::size_t at = 0;
    const auto give = [&](std::span<std::uint8_t> into) {
        const auto n = std::min(into.size(), bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), n, into.begin());
        at += n;
        return n;
    };
    return db::restore(owner, {give, static_cast<int>(db::migrations().size()), foreign});
}

bool is_there(db::Database& owner, const std::string& catalog_row) {
    return !owner.connection().raw("SELECT 1 AS there FROM " + catalog_row).empty();
}

bool is_empty(db::Database& owner) {
    return !is_there(owner, "pg_class WHERE relnamespace = 'public'::regnamespace") &&
           !is_there(owner, "pg_proc WHERE pronamespace = 'public'::regnamespace") &&
           !is_there(owner, "pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_'");
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

TEST_CASE("a dump with anything that migrations do not make restores nothing, and it is named", "[db]") {
    const auto [made, named] = GENERATE(table<std::string, std::vector<std::string>>({
        {"CREATE FUNCTION zz_evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
         "CREATE TRIGGER zz BEFORE INSERT ON organizer FOR EACH ROW EXECUTE FUNCTION zz_evil(); "
         "CREATE VIEW zz_view AS SELECT name FROM organizer; CREATE TABLE zz_table (n integer); "
         "CREATE RULE zz AS ON INSERT TO audit DO INSTEAD NOTHING; CREATE POLICY zz ON sale_line USING (true)",
         {"function public.zz_evil()", "trigger zz on table public.organizer", "view public.zz_view",
          "table public.zz_table", "rule zz on table public.audit", "policy zz on table public.sale_line"}},
        {"CREATE OR REPLACE FUNCTION passa_organizer() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid'; "
         "ALTER TABLE audit DISABLE TRIGGER append_only; ALTER TABLE sale_line DISABLE ROW LEVEL SECURITY; "
         "GRANT UPDATE ON sale_line TO passa_app; GRANT SELECT ON sale_line TO PUBLIC; "
         "ALTER TABLE organizer ALTER COLUMN title SET DEFAULT 'theirs'",
         {"function public.passa_organizer()", "trigger: CREATE TRIGGER append_only", "relation public.sale_line",
          "grant of UPDATE on relation public.sale_line to passa_app",
          "grant of SELECT on relation public.sale_line to everybody", "column public.organizer"}},
    }));
    test::FreshDatabase database;
    database.owner().connection().raw(made);
    EmptyDatabase empty{database};
    try {
        restore_from(empty.owner(), dump_of(database));
        FAIL("restored: " << made);
    } catch (const Error& error) {
        INFO(error.first().message);
        CHECK(error.first().code == "db.foreign_schema");
        for (const auto& one : named) CHECK(error.first().message.find(one) != std::string::npos);
    }
    CHECK(is_empty(empty.owner()));
    CHECK(!is_there(empty.owner(), "pg_roles WHERE rolname = 'passa_restoring'"));
}

TEST_CASE("a dump that wants more than its role may have restores nothing", "[db]") {
    const auto made =
        GENERATE(as<std::string>{},
                 std::string{"CREATE FUNCTION zz_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; "
                             "CREATE EVENT TRIGGER zz ON ddl_command_end EXECUTE FUNCTION zz_event()"},
                 "CREATE FUNCTION zz_c(cstring) RETURNS integer LANGUAGE internal AS 'int4in'", "CREATE SCHEMA zz");
    test::FreshDatabase database;
    database.owner().connection().raw(made);
    EmptyDatabase empty{database};
    CHECK(test::problem_code([&] { restore_from(empty.owner(), dump_of(database)); }) == "db.restore");
    CHECK(is_empty(empty.owner()));
    CHECK(!is_there(empty.owner(), "pg_event_trigger"));
}

TEST_CASE("a dump that lacks a guard restores nothing, foreign things kept or not", "[db]") {
    test::FreshDatabase database;
    database.owner().connection().raw("DROP TRIGGER append_only ON audit");
    EmptyDatabase empty{database};
    for (const auto foreign : {db::Foreign::refuse, db::Foreign::keep})
        CHECK(test::problem_code([&] { restore_from(empty.owner(), dump_of(database), foreign); }) ==
              "db.foreign_schema");
    CHECK(is_empty(empty.owner()));
}

TEST_CASE("things that somebody made beside passa's stay when that is wished", "[db]") {
    test::FreshDatabase database;
    database.owner().connection().raw("CREATE VIEW own_view AS SELECT name FROM organizer");
    database.add_organizer("made-up");
    EmptyDatabase empty{database};
    const auto beside = restore_from(empty.owner(), dump_of(database), db::Foreign::keep);
    CHECK(std::find(beside.begin(), beside.end(), "view public.own_view") != beside.end());
    CHECK(is_there(empty.owner(), "own_view WHERE name = 'made-up'"));
}

TEST_CASE("what pg_restore runs has no rights beyond the database's schema", "[db]") {
    test::FreshDatabase database;
    EmptyDatabase empty{database};
    const auto give = [&](std::span<std::uint8_t>) -> std::size_t {
        CHECK(is_there(database.owner(),
                       "pg_roles WHERE rolname = 'passa_restoring' AND NOT (rolsuper OR rolcreaterole "
                       "OR rolcreatedb OR rolbypassrls OR rolreplication)"));
        throw Error{{Kind::failed, "test.cut", "", ""}};
    };
    CHECK(test::problem_code([&] { db::restore(empty.owner(), {give, 1}); }) == "test.cut");
    CHECK(!is_there(empty.owner(), "pg_roles WHERE rolname = 'passa_restoring'"));
}

TEST_CASE("a restore that was cut off before its proof is not used, and can be run again", "[db]") {
    test::FreshDatabase database;
    EmptyDatabase empty{database};
    const auto dump = dump_of(database);
    restore_from(empty.owner(), dump);
    empty.owner().connection().raw("CREATE ROLE passa_restoring; GRANT CREATE ON SCHEMA public TO passa_restoring; DO "
                                   "$$ DECLARE one text; BEGIN FOR one IN SELECT oid::regclass FROM pg_class WHERE "
                                   "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') LOOP EXECUTE "
                                   "format('ALTER TABLE %s OWNER TO passa_restoring', one); END LOOP; FOR one IN "
                                   "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                                   "LOOP EXECUTE format('ALTER ROUTINE %s OWNER TO passa_restoring', one); END LOOP; "
                                   "END $$");
    CHECK(test::problem_code([&] { db::migration_status(empty.owner()); }) == "db.restore_cut");
    restore_from(empty.owner(), dump);
    CHECK(db::migration_status(empty.owner()).pending.empty());
}

TEST_CASE("a role that could do more is not used to restore", "[db]") {
    test::FreshDatabase database;
    EmptyDatabase empty{database};
    empty.owner().connection().raw("CREATE ROLE passa_restoring CREATEDB");
    CHECK(test::problem_code([&] { restore_from(empty.owner(), {}); }) == "db.restoring_role");
    empty.owner().connection().raw("DROP ROLE passa_restoring");
}
