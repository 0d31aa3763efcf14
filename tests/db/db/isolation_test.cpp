// Every table, view and function of the schema keeps organizers apart; a new one that forgets is named here. That real
// rows of every table stay unseen is tried by tests/net/isolation.py, after a whole payday.
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

std::string names_of(test::FreshDatabase& fresh, const std::string& query) {
    std::string names;
    db::transact(fresh.owner(), {}, [&](db::Transaction& tx) {
        names = tx.raw("SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') AS names FROM (" + query + ") t")
                    .one()
                    .get<std::string>("names");
    });
    return names;
}

} // namespace

TEST_CASE("every table of an organizer is under row-level security, with one policy for reading and writing", "[db]") {
    test::FreshDatabase fresh;
    const std::string tables =
        "SELECT c.oid, c.relname AS name, c.relrowsecurity, EXISTS (SELECT 1 FROM pg_attribute a "
        "WHERE a.attrelid = c.oid AND a.attname = 'organizer_id') AS owned FROM pg_class c "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')";
    // Of the others, organizer has policies of its own and the rest are empty shapes that nobody may write to.
    REQUIRE(names_of(fresh, "SELECT name FROM (" + tables +
                                ") c WHERE NOT owned AND has_table_privilege('passa_app', c.oid, "
                                "'INSERT, UPDATE, DELETE, TRUNCATE')") == "organizer");
    REQUIRE(names_of(fresh, "SELECT name FROM (" + tables + ") c WHERE owned AND NOT relrowsecurity").empty());
    const std::string own_rows = "(organizer_id = ( SELECT passa_organizer() AS passa_organizer))";
    REQUIRE(
        names_of(fresh, "SELECT name FROM (" + tables +
                            ") c WHERE owned AND (SELECT array_agg((p.polcmd, p.polpermissive, pg_get_expr(p.polqual, "
                            "p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))::text) FROM pg_policy p WHERE "
                            "p.polrelid = c.oid) IS DISTINCT FROM ARRAY[('*'::\"char\", true, '" +
                            own_rows + "', '" + own_rows + "')::text]")
            .empty());
}

TEST_CASE("views look with the eyes of who asks, and few functions look with the owner's", "[db]") {
    test::FreshDatabase fresh;
    REQUIRE(names_of(fresh,
                     "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN "
                     "('v', 'm') AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)")
                .empty());
    REQUIRE(names_of(fresh,
                     "SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef") ==
            "passa_analyze_lines passa_end_worker passa_note_first_home passa_session_start");
}

TEST_CASE("commands work as a role that owns nothing and passes by no policy", "[db]") {
    test::FreshDatabase fresh;
    REQUIRE(names_of(fresh, "SELECT relname AS name FROM pg_class WHERE relowner = 'passa_app'::regrole").empty());
    REQUIRE(names_of(fresh,
                     "SELECT rolname AS name FROM pg_roles WHERE rolname = 'passa_app' AND (rolsuper OR rolbypassrls "
                     "OR rolcreaterole OR rolcreatedb)")
                .empty());
    db::transact(fresh.app(), {fresh.add_organizer("a")}, [&](db::Transaction& tx) {
        REQUIRE(tx.raw("SELECT current_user::text AS who").one().get<std::string>("who") == "passa_app");
    });
}
