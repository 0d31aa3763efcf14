// Payments out of a file: each line once, and to whom the line or its party says now.
#include "lib/payout/read.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/payment_list.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;
using test::problem_code;

namespace {

const money::Asset k_kes{"KES", 2};
const std::vector<test::OwedParty> k_two{{"band", 900'00}, {"venue", 100'00}};

CreateOrder order_of(std::vector<FileLine> lines, bool again = false, std::uint8_t hash = 7) {
    return {{}, {}, test::PaymentList{{hash}, std::move(lines), "other.csv"}, again, {}};
}

} // namespace

TEST_CASE("the same file is not paid twice by accident, and its names must be known", "[db][payout]") {
    PayingWorld w{k_two};
    test::PaymentList file;
    file.sha256[0] = 7;
    file.lines = {{2, "band", {}, {10'00, {"KES", 2}}, {}, "travel"},
                  {3, {}, "to-stranger", {5'00, {"KES", 2}}, "id:1", "taxi"}};
    const CreateOrder order{{}, {}, file, false, {}};
    w.network.fund(100'00);
    const auto first = w.create(order);
    REQUIRE(problem_code([&] { w.create(order); }) == "payout.file_known");
    auto again = order;
    again.again = true;
    REQUIRE(problem_code([&] { w.create(again); }) == "payout.file_paid"); // on its way
    file.sha256[0] = 8;
    file.lines[0].party = "bnad";
    REQUIRE(problem_code([&] { w.create({{}, {}, file, false, {}}); }) == "payout.unknown_party");

    w.approve(first);
    REQUIRE(w.send(first).paid() == 2);
    std::set<std::string> paid;
    for (const auto& p : w.network.payments()) paid.insert(p.destination);
    REQUIRE(paid == std::set<std::string>{"to-band", "to-stranger"});
    const auto books = w.balances();
    REQUIRE(books.at("expense KES") == 15'00);
    REQUIRE(books.at("party_payable band") == -900'00);
    w.sweep();
}

TEST_CASE("a file taken up again pays the lines that nobody was paid for, and those alone", "[db][payout]") {
    PayingWorld w{k_two};
    test::PaymentList file;
    file.sha256[0] = 7;
    file.lines = {{2, "band", {}, {10'00, {"KES", 2}}, {}, "travel"},
                  {3, {}, "to-shut", {5'00, {"KES", 2}}, {}, "taxi"},
                  {4, {}, "to-stranger", {7'00, {"KES", 2}}, {}, "food"}};
    w.network.fund(100'00);
    w.network.close_destination("to-shut");
    const auto first = w.create({{}, {}, file, false, {}});
    w.approve(first);
    REQUIRE(w.send(first).paid() == 2);
    w.network.open_destination("to-shut");
    const auto second = w.create({{}, {}, file, true, {}, {}});
    const auto payouts = w.payouts(second);
    REQUIRE(payouts.size() == 1);
    REQUIRE(payouts[0].file_line == 3);
    w.approve(second);
    REQUIRE(w.send(second).paid() == 1);
    REQUIRE(problem_code([&] { w.create({{}, {}, file, true, {}, {}}); }) == "payout.file_paid");
    REQUIRE(w.network.payments().size() == 3);
    w.sweep();
}

TEST_CASE("a line that names a party is not paid at an address that the party has given up", "[db][payout]") {
    PayingWorld w{{{"band", 1'00, "somewhere", "id:1"}, {"crew", 1'00}}};
    w.network.fund(100'00);
    const auto batch = w.approved(order_of({{2, "band", {}, {10'00, k_kes}, {}, "travel"},
                                            {3, "crew", {}, {5'00, k_kes}, {}, "taxi"},
                                            {4, {}, "to-band", {7'00, k_kes}, {}, "written so"}}));
    const bool reserved = GENERATE(false, true);
    if (reserved) REQUIRE(w.reserve(batch).left() == 3);
    SECTION("another account") { w.move_party("band", "to-elsewhere"); }
    SECTION("another memo") { w.execute("UPDATE party SET memo = 'id:2' WHERE name = 'band'"); }
    const auto sent = w.send(batch);
    REQUIRE(sent.count(reserved ? State::failed : State::blocked) == 1);
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-crew", 5'00}, {"to-band", 7'00}});
    REQUIRE(w.balances().at("expense KES") == 12'00);
    w.sweep();
}

TEST_CASE("a line keeps the memo that it brings, whatever its party's is by then", "[db][payout]") {
    PayingWorld w{{{"band", 1'00, "somewhere", "id:1"}}};
    w.network.fund(100'00);
    const auto batch = w.approved(order_of({{2, "band", {}, {10'00, k_kes}, "id:9", "travel"}}));
    w.execute("UPDATE party SET memo = 'id:2' WHERE name = 'band'");
    REQUIRE(w.send(batch).paid() == 1);
    w.sweep();
}

TEST_CASE("a party that was archived is nobody that a file can name", "[db][payout]") {
    PayingWorld w{k_two};
    const auto order = order_of({{2, "band", {}, {10'00, k_kes}, {}, "travel"}});
    w.execute("INSERT INTO object SELECT organizer_id, 'Party', name, id, 1, '{}', '{}', sha256(''), '', '', now(), "
              "now() FROM party "
              "WHERE name = 'band'");
    REQUIRE(problem_code([&] { w.create(order); }) == "payout.unknown_party");
    w.execute("UPDATE object SET archived_at = NULL");
    REQUIRE_FALSE(w.create(order).is_nil());
}

TEST_CASE("a line with a reference is paid once, whichever file it stands in", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(100'00);
    const auto file_of = [](std::uint8_t hash, std::vector<FileLine> lines, bool again = false) {
        return order_of(std::move(lines), again, hash);
    };
    const FileLine invoice{2, "band", {}, {10'00, k_kes}, {}, "INV-77"};
    const FileLine wage{3, "venue", {}, {5'00, k_kes}, {}, ""};
    const auto first = w.approved(file_of(1, {invoice, wage}));
    const auto refused = [&](const CreateOrder& order) {
        try {
            w.create(order);
            return Problem{};
        } catch (const Error& error) {
            return error.first();
        }
    };
    auto known = refused(file_of(2, {wage, invoice}));
    REQUIRE(known.code == "payout.line_known");
    REQUIRE(known.message.find(first.text()) != std::string::npos);
    REQUIRE(known.message.find("line 2 of its file") != std::string::npos);
    REQUIRE(known.place->file == "other.csv");
    REQUIRE(w.send(first).paid() == 2);
    REQUIRE(refused(file_of(2, {wage, invoice})).code == "payout.line_known");

    const auto rest = w.payouts(w.create(file_of(2, {wage, invoice}, true)));
    REQUIRE(rest.size() == 1); // what has no reference may be due every week
    REQUIRE(rest[0].party_name == "venue");
    REQUIRE(refused(file_of(3, {invoice}, true)).code == "payout.file_paid");
    std::uint8_t file = 4;
    for (const auto& other :
         {FileLine{2, "band", {}, {10'01, k_kes}, {}, "INV-77"}, FileLine{2, "band", {}, {10'00, k_kes}, {}, "INV-78"},
          FileLine{2, "venue", {}, {10'00, k_kes}, {}, "INV-77"},
          FileLine{2, {}, "to-band", {10'00, k_kes}, {}, "INV-77"},
          FileLine{2, {}, "to-band", {10'00, k_kes}, "id:1", "INV-77"}})
        REQUIRE_FALSE(w.create(file_of(file++, {other})).is_nil());
    w.sweep();
}

TEST_CASE("the database takes no second payout of a line with a reference, whoever asks", "[db][payout]") {
    PayingWorld w{k_two};
    w.create(order_of({{2, "band", {}, {10'00, k_kes}, {}, "INV-77"}}));
    const auto copy = [&](const std::string& reference) {
        w.execute("INSERT INTO payout (organizer_id, id, batch_id, pos, party_id, source, reference, owed_minor, "
                  "owed_asset_id, amount_minor, asset_id, state, changed_at) SELECT organizer_id, gen_random_uuid(), "
                  "batch_id, pos + 1, party_id, source, '" +
                  reference + "', owed_minor, owed_asset_id, amount_minor, asset_id, 'ready', changed_at FROM payout");
    };
    REQUIRE_THROWS_WITH(copy("INV-77"), Catch::Contains("payout_paid_line"));
    copy("INV-78");
}

TEST_CASE("what a line says waits while the chain contradicts an earlier payout of it, in any file", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(100'00);
    w.network.close_destination("to-band");
    const FileLine wage{2, "band", {}, {10'00, k_kes}, {}, ""};
    const auto first = w.approved(order_of({wage}));
    REQUIRE(w.send(first).count(State::failed) == 1);
    w.open_conflict(w.payouts(first)[0].id);
    const auto longer =
        order_of({{2, "venue", {}, {1'00, k_kes}, {}, ""}, {4, "band", {}, {10'00, k_kes}, {}, ""}}, false, 8);
    const auto payouts = w.payouts(w.create(longer));
    REQUIRE(payouts.at(0).state == State::blocked);
    REQUIRE(payouts.at(0).party_name == "band");
    REQUIRE(payouts.at(1).state == State::ready);
}

TEST_CASE("lines of a long file are known wherever in it they stand", "[db][payout]") {
    PayingWorld w{k_two};
    const auto line = [](std::int64_t at, const std::string& reference) {
        return FileLine{at, {}, "to-stranger", {at, k_kes}, {}, reference};
    };
    auto early = order_of({line(2, "first"), line(1002, "it's \\ odd"), line(2502, "last"), line(2503, "")});
    w.create(early);
    std::vector<FileLine> longer;
    for (std::int64_t at = 2; at < 2600; ++at)
        longer.push_back(line(at, at == 2 ? "first" : at == 1002 ? "it's \\ odd" : at == 2502 ? "last" : ""));
    const auto payouts = w.payouts(w.create(order_of(std::move(longer), true, 8)));
    REQUIRE(payouts.size() == 2595);
    for (const auto& payout : payouts) REQUIRE(payout.reference.empty());
    REQUIRE(payouts.front().file_line == 3);
    REQUIRE(payouts.back().file_line == 2599);
}

TEST_CASE("what is known of a file's lines is looked up by their keys, however much was paid before", "[db][payout]") {
    PayingWorld w{k_two};
    w.create(order_of({{2, {}, "to-stranger", {10'00, k_kes}, {}, "INV-1"}}));
    w.execute("INSERT INTO payout (organizer_id, id, batch_id, pos, destination, source, reference, owed_minor, "
              "owed_asset_id, amount_minor, asset_id, state, changed_at) SELECT organizer_id, gen_random_uuid(), "
              "batch_id, pos + n, 'to-' || n, 'expense', 'OLD-' || n, 500, owed_asset_id, 500, asset_id, 'ready', "
              "changed_at FROM payout, generate_series(1, 20000) n");
    w.execute("ANALYZE payout");
    const auto all = statements();
    const auto query =
        std::find_if(all.begin(), all.end(), [](const auto& s) { return s.name.ends_with("mark_known"); });
    REQUIRE(query != all.end());
    std::string plan;
    db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
        tx.raw("SELECT passa_make_payout_staging()");
        tx.raw("INSERT INTO payout_staging (id, payee, seq, source, reference, destination, owed_minor, owed_asset_id, "
               "netted_minor, amount_minor, asset_id, own_memo, state, cause, reason) SELECT gen_random_uuid(), '', n, "
               "'expense', 'x', 'a', n, 'KES', 0, n, 'KES', false, 'ready', '', '' FROM generate_series(1, 2) n");
        tx.raw("SELECT passa_analyze_payout_staging()");
        tx.raw(fmt::format("PREPARE known AS {}", query->text));
        for (const auto& row : tx.raw(fmt::format("EXPLAIN EXECUTE known('{}', '\\x00')", w.org.uuid())))
            plan += row.get<std::string>("\"QUERY PLAN\"") + '\n';
    });
    INFO(plan);
    REQUIRE(plan.find("payout_line") != std::string::npos);
    REQUIRE(plan.find("payout_row_key") != std::string::npos);
    REQUIRE(plan.find("Seq Scan on payout p") == std::string::npos);
}

TEST_CASE("a key stands for one payment for ever, whatever file it is in", "[db][payout]") {
    PayingWorld w{k_two};
    w.network.fund(100'00);
    const auto keyed = [](std::string payee, std::int64_t minor, std::string key) {
        return FileLine{2, std::move(payee), {}, {minor, k_kes}, {}, "", std::move(key)};
    };
    const auto first = w.approved(order_of({keyed("band", 10'00, "gig-1"), keyed("venue", 5'00, "gig-2")}));
    const auto code = [&](std::vector<FileLine> lines, bool again) {
        return problem_code([&] { w.create(order_of(std::move(lines), again, 8)); });
    };
    for (const bool again : {false, true}) {
        REQUIRE(code({keyed("band", 10'01, "gig-1")}, again) == "payout.key_differs");
        REQUIRE(code({keyed("venue", 10'00, "gig-1")}, again) == "payout.key_differs");
    }
    REQUIRE(code({keyed("band", 10'00, "gig-1"), keyed("band", 10'00, "gig-3")}, false) == "payout.line_known");
    REQUIRE(code({keyed("band", 10'00, "gig-1")}, true) == "payout.file_paid");
    const auto rest =
        w.payouts(w.create(order_of({keyed("band", 10'00, "gig-1"), keyed("band", 10'00, "gig-3")}, true, 8)));
    REQUIRE(rest.size() == 1);
    REQUIRE(rest[0].row_key == "gig-3");
    w.network.close_destination("to-venue");
    REQUIRE(w.send(first).paid() == 1);
    REQUIRE(code({keyed("band", 10'00, "gig-1")}, true) == "payout.file_paid");
    REQUIRE_FALSE(w.create(order_of({keyed("band", 5'00, "gig-2")}, false, 9)).is_nil()); // it came to nothing: mended
    REQUIRE_THROWS_WITH(
        w.execute("INSERT INTO payout (organizer_id, id, batch_id, pos, party_id, source, row_key, owed_minor, "
                  "owed_asset_id, amount_minor, asset_id, state, changed_at) SELECT organizer_id, "
                  "gen_random_uuid(), batch_id, pos + 9, party_id, source, row_key, 7, owed_asset_id, 7, "
                  "asset_id, 'ready', changed_at FROM payout WHERE row_key = 'gig-1'"),
        Catch::Contains("payout_paid_row_key"));
    w.sweep();
}

TEST_CASE("a batch is made once under its key", "[db][payout]") {
    PayingWorld w{k_two};
    auto order = order_of({{2, "band", {}, {10'00, k_kes}, {}, "INV-1"}});
    order.key = "friday";
    const auto first = w.create(order);
    REQUIRE(w.create(order) == first);
    REQUIRE(w.payouts(first).size() == 1);
    auto other = order_of({{2, "band", {}, {11'00, k_kes}, {}, "INV-2"}}, false, 8);
    other.key = "friday";
    REQUIRE(problem_code([&] { w.create(other); }) == "payout.key_differs");
    CreateOrder owed;
    owed.event = w.event;
    owed.key = "friday";
    REQUIRE(problem_code([&] { w.create(owed); }) == "payout.key_differs");
    owed.key = "night";
    const auto night = w.create(owed);
    REQUIRE(w.create(owed) == night); // though nothing more is owed
    w.sweep();
}

TEST_CASE("a payment that looks like one of these days is told of", "[db][payout]") {
    PayingWorld w{k_two};
    w.create(order_of({{2, "band", {}, {10'00, k_kes}, {}, "INV-1"}}));
    const auto alike = [&](std::int64_t minor, Duration within) {
        auto order = order_of({{2, {}, "to-band", {minor, k_kes}, {}, "other"}}, false, 8);
        order.alike_within = within;
        order.only_look = true;
        const auto maker = w.desk(w.db.app());
        return db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { return create(tx, maker, order).alike; });
    };
    REQUIRE(alike(10'00, std::chrono::hours{1}).payouts == 1);
    REQUIRE(alike(10'00, std::chrono::hours{1}).example);
    REQUIRE(alike(10'01, std::chrono::hours{1}).payouts == 0);
    w.clock.advance(std::chrono::hours{2});
    REQUIRE(alike(10'00, std::chrono::hours{1}).payouts == 0);
    REQUIRE(w.value("SELECT count(*)::text AS value FROM payout_batch WHERE organizer_id = $1") == "1"); // only looked
}

TEST_CASE("whatever else is wrong with a file is counted", "[db][payout]") {
    PayingWorld w{k_two};
    std::vector<FileLine> lines;
    for (std::int64_t at = 2; at < 252; ++at) lines.push_back({at, "nobody", {}, {at, k_kes}, {}, ""});
    try {
        w.create(order_of(lines));
        FAIL("a party that is not known");
    } catch (const Error& error) {
        REQUIRE(error.problems().size() == k_most_problems + 1);
        REQUIRE(error.problems().back().code == "payout.file_more");
        REQUIRE(error.problems().back().message == "50 more are wrong");
    }
}
