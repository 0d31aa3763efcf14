// Payments out of a file: each line once, and to whom the line or its party says now.
#include "lib/payout/read.hpp"
#include "tests/support/paying_world.hpp"
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

CreateOrder order_of(std::vector<FileLine> lines, bool again = false) {
    PaymentFile file;
    file.sha256[0] = 7;
    file.lines = std::move(lines);
    return {{}, {}, file, again, {}};
}

} // namespace

TEST_CASE("the same file is not paid twice by accident, and its names must be known", "[db][payout]") {
    PayingWorld w{k_two};
    PaymentFile file;
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
    PaymentFile file;
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
        auto order = order_of(std::move(lines), again);
        order.file->sha256[0] = hash;
        order.file->path = "other.csv";
        return order;
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
    auto longer = order_of({{2, "venue", {}, {1'00, k_kes}, {}, ""}, {4, "band", {}, {10'00, k_kes}, {}, ""}});
    longer.file->sha256[0] = 8;
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
    auto longer = order_of({}, true);
    longer.file->sha256[0] = 8;
    for (std::int64_t at = 2; at < 2600; ++at)
        longer.file->lines.push_back(line(at, at == 2      ? "first"
                                              : at == 1002 ? "it's \\ odd"
                                              : at == 2502 ? "last"
                                                           : ""));
    const auto payouts = w.payouts(w.create(longer));
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
        std::find_if(all.begin(), all.end(), [](const auto& s) { return s.name.ends_with("load_known_lines"); });
    REQUIRE(query != all.end());
    std::string plan;
    db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
        tx.raw(fmt::format("PREPARE known AS {}", query->text));
        for (const auto& row : tx.raw(fmt::format(
                 "EXPLAIN EXECUTE known('{}', '\\x00', '{{\"\",\"\"}}', '{{a,b}}', '{{\"\",\"\"}}', '{{1,2}}', "
                 "'{{KES,KES}}', '{{x,y}}')",
                 w.org.uuid())))
            plan += row.get<std::string>("\"QUERY PLAN\"") + '\n';
    });
    INFO(plan);
    REQUIRE(plan.find("payout_line") != std::string::npos);
    REQUIRE(plan.find("Seq Scan on payout p") == std::string::npos);
}
