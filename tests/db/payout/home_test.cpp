// Books that were restored elsewhere do not know what was paid since: they send nothing before a run has read the rail
// from where they stand now, and nothing to an address that a payment went to which they cannot explain.
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using test::PayingWorld;
using test::problem_code;

namespace {

const std::vector<test::OwedParty> k_two{{"band", 100'00}, {"crew", 50'00}};
const std::map<std::string, money::Int128> k_crew_alone{{"to-crew", 50'00}};

// A run's row, as recon writes it.
void add_run(PayingWorld& w, const std::string& proved, const std::string& gap,
             const std::string& seen = "now() + interval '181 s'") {
    w.execute(
        "WITH run AS (INSERT INTO recon_run (organizer_id, id, treasury_id, from_position, to_position, to_ledger, "
        "lines_read, matched, breaks_open, ran_at, seen_at, proved, home_seq) SELECT organizer_id, gen_random_uuid(), "
        "id, 0, "
        "9, 9, 0, 0, 0, now(), " +
        seen + ", " + proved +
        ", passa_note_home(organizer_id) FROM treasury RETURNING organizer_id, id) INSERT INTO recon_balance SELECT "
        "organizer_id, id, 'KES', 0, 0, 0, 0, -" +
        gap + ", " + gap + " FROM run");
}

void move_books(PayingWorld& w) {
    w.execute("INSERT INTO books_home SELECT organizer_id, seq + 1, 'elsewhere', now() FROM books_home");
}

// Money left a treasury for the band, and no payout of the book explains it.
void open_unexplained(PayingWorld& w, const std::string& type, bool is_of_another) {
    if (is_of_another)
        w.execute("INSERT INTO treasury SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), "
                  "'name', 'another', 'account', 'another'))).* FROM treasury t");
    w.execute(
        "WITH line AS (INSERT INTO statement_line (organizer_id, id, treasury_id, external_ref, kind, amount_minor, "
        "asset_id, counterparty, memo, booked_at, position) SELECT organizer_id, gen_random_uuid(), id, 'x:0', "
        "'payment', -10000, 'KES', 'to-band', '', now(), 1 FROM treasury ORDER BY name = 'another' DESC LIMIT 1 "
        "RETURNING *) INSERT INTO recon_break (organizer_id, id, run_id, treasury_id, type, subject, "
        "statement_line_id, amount_minor, asset_id, opened_at) SELECT organizer_id, gen_random_uuid(), "
        "gen_random_uuid(), treasury_id, '" +
        type + "', 'x:0', id, amount_minor, asset_id, now() FROM line");
}

} // namespace

TEST_CASE("books that stand in another place send nothing before a run without a gap has read it there",
          "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    add_run(w, "true", "0"); // before they were moved
    move_books(w);
    const auto code = [&] { return problem_code([&] { w.send(batch); }); };
    REQUIRE(code() == "payout.moved");
    add_run(w, "false", "0");
    REQUIRE(code() == "payout.moved");
    add_run(w, "true", "1");
    REQUIRE(code() == "payout.moved");
    REQUIRE(w.paid().empty());
    add_run(w, "true", "0");
    REQUIRE(w.send(batch).paid() == 2);
    w.sweep();
}

TEST_CASE("what the lost books sent last may still arrive: nothing is sent before a run has read past its bound",
          "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    move_books(w);
    const auto code = [&] { return problem_code([&] { w.send(batch); }); };
    for (const std::string seen : {"now()", "now() + interval '179 s'", "NULL"}) {
        add_run(w, "true", "0", seen);
        REQUIRE(code() == "payout.in_flight");
    }
    REQUIRE(w.paid().empty());
    add_run(w, "true", "0");
    REQUIRE(w.send(batch).paid() == 2);
    w.sweep();
}

TEST_CASE("whoever was paid what the book cannot explain is not paid until the break is closed", "[db][payout]") {
    const std::string type = GENERATE("MISSING_INTERNAL", "BAD_REFERENCE", "DUPLICATE_EXTERNAL");
    const bool is_of_another = GENERATE(false, true);
    CAPTURE(type, is_of_another);
    PayingWorld w{k_two};
    w.network.fund(1000'00);
    const auto batch = w.approved();
    open_unexplained(w, type, is_of_another);
    w.send(batch);
    REQUIRE(w.paid() == k_crew_alone);
    REQUIRE(w.payouts(batch)[0].state == State::blocked);
    w.sweep();
}
