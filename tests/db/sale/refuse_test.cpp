// What is refused, that whole orders go with it, and that the rejects file can be mended and imported.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace passa;

namespace {
std::string row(std::string_view order, std::string_view line, std::string_view tier,
                std::string_view rest = "250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,") {
    return fmt::format("{},{},{},1,KES,{}", order, line, tier, rest);
}
std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return text.str();
}
} // namespace

TEST_CASE("a bad row takes its whole order and nothing else", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome =
        f.import_rows("a.csv", {row("A1", "1", "regular"), row("A2", "1", "regular"), row("A1", "2", "reglar")});
    REQUIRE(f.refusal_codes(outcome) == "sale.order_refused:1 sale.unknown_tier:1");
    REQUIRE(outcome.sold == 1);
    REQUIRE(f.value("SELECT string_agg(order_ref, ' ') FROM sale_line") == "A2");
    f.sweep();
}

TEST_CASE("each kind of bad row is named by its code", "[db][sale]") {
    test::SaleFixture f;
    const std::pair<std::string, std::string> cases[] = {
        {row("B", "1", "gold"), "sale.unknown_tier"},
        {"B,1,regular,1,USD,250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,", "sale.currency"},
        {row("B", "1", "regular", "25x,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,"), "sale.amount"},
        {row("B", "1", "regular", ",0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,"), "sale.amount_missing"},
        {row("B", "1", "regular", "250000,0,250001,0,0,paid,2027-01-05T10:00:00+03:00,,,"), "sale.amount"},
        {row("B", "1", "regular", "250000,0,0,0,0,maybe,2027-01-05T10:00:00+03:00,,,"), "sale.status"},
        {row("B", "1", "regular", "250000,0,0,0,0,paid,2027-02-30T10:00:00+03:00,,,"), "sale.time"},
        {row("B", "1", "regular", "250000,0,0,0,0,paid,,,,"), "sale.time"},
        {row("B", "1", "regular", "250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,300000,"), "sale.refund_too_large"},
        {"B,1,regular,0,KES,250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,", "sale.quantity"},
        {row("", "1", "regular"), "sale.order_missing"},
        {row("B", "1", "regular", "250000,0,0,0,0,refunded,2027-01-05T10:00:00+03:00,,100000,"),
         "sale.status_contradicts"},
        {row("B", "1", "regular", "250000,0,0,0,0,refunded,2027-01-05T10:00:00+03:00,,0,"), "sale.status_contradicts"},
        {row("B", "1", "regular", "250000,0,0,0,0,cancelled,2027-01-05T10:00:00+03:00,,100000,"),
         "sale.status_contradicts"},
        {"B,1,regular,1,KES,250000", "sale.columns"},
        {row(std::string(300, 'B'), "1", "regular"), "sale.key_too_long"},
    };
    int n = 0;
    for (const auto& [bad, code] : cases) {
        CAPTURE(bad);
        const auto outcome = f.import_rows(fmt::format("{}.csv", ++n), {bad});
        REQUIRE(f.refusal_codes(outcome) == code + ":1");
        REQUIRE(outcome.refusals.front().row == 2);
    }
    REQUIRE(f.lines().empty());
}

TEST_CASE("the rejects file holds the rows as they came, and imports once mended", "[db][sale]") {
    test::SaleFixture f;
    std::string text{test::k_sale_header};
    text += row("A1", "1", "regular") + "\r\n" +
            row("A2", "1", "gold, \"\"", "250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,") + "\n";
    text = std::string{test::k_sale_header} + row("A1", "1", "regular") +
           "\r\nA2,1,\"go\n\"\"ld\",1,KES,250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,\r\n" +
           row("A2", "2", "vip") + "\r\n";
    auto order = f.order({f.file("a.csv", text)});
    order.rejects = order.files.front().parent_path() / "rejects.csv";
    const auto outcome = f.run(order);
    REQUIRE(outcome.sold == 1);
    REQUIRE(outcome.rejects.size() == 1);
    auto rejects = contents(outcome.rejects.front());
    INFO(rejects);
    REQUIRE(rejects.find(",passa_line,passa_column,passa_code,passa_reason\n") != std::string::npos);
    REQUIRE(
        rejects.find(
            "\"go\n\"\"ld\",1,KES,250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,,3,\"tier\",sale.unknown_tier,") !=
        std::string::npos);
    REQUIRE(rejects.find(",5,\"\",sale.order_refused,") != std::string::npos);
    rejects.replace(rejects.find("\"go\n\"\"ld\""), 9, "regular");
    const auto mended = f.import({f.file("mended.csv", rejects)});
    REQUIRE(f.refusal_codes(mended).empty());
    REQUIRE(mended.sold == 2);
    f.sweep();
}

TEST_CASE("a file whose cause of refusal is gone is imported again, not taken for known", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("a.csv", {row("A1", "1", "gold"), row("A2", "1", "regular")});
    f.execute(fmt::format("UPDATE tier SET match_names = '{{vip,gold}}' WHERE name = 'vip'"));
    const auto again = f.import_rows("a.csv", {row("A1", "1", "gold"), row("A2", "1", "regular")});
    REQUIRE(again.sold == 1);
    REQUIRE(again.unchanged == 1);
    f.sweep();
}

TEST_CASE("over capacity: the orders that came last do not fit, whatever the order of rows", "[db][sale]") {
    std::vector<std::string> rows;
    for (int i = 7; i >= 1; --i)
        rows.push_back(row(fmt::format("A{}", i), "1", "early-bird",
                           fmt::format("150000,0,0,0,0,paid,2027-01-0{}T10:00:00+03:00,,,", i)));
    rows.push_back(row("A7", "2", "regular"));
    test::SaleFixture f;
    const auto outcome = f.import_rows("a.csv", rows);
    REQUIRE(outcome.sold == 5);
    REQUIRE(f.refusal_codes(outcome) == "sale.over_capacity:2 sale.order_refused:1");
    REQUIRE(f.value("SELECT string_agg(order_ref, ' ' ORDER BY order_ref) FROM sale_line") == "A1 A2 A3 A4 A5");
    f.sweep();
}

TEST_CASE("over capacity with the policy record: all of it, with an audit row", "[db][sale]") {
    std::vector<std::string> rows;
    for (int i = 1; i <= 7; ++i) rows.push_back(row(fmt::format("A{}", i), "1", "early-bird"));
    test::SaleFixture f{"record"};
    REQUIRE(f.import_rows("a.csv", rows).sold == 7);
    REQUIRE(f.value("SELECT capacity || ' ' || sold FROM oversell_audit") == "5 7");
    f.sweep();
}

TEST_CASE("tickets given back by the same file make room", "[db][sale]") {
    std::vector<std::string> rows;
    for (int i = 1; i <= 5; ++i) rows.push_back(row(fmt::format("A{}", i), "1", "early-bird"));
    test::SaleFixture f;
    f.import_rows("a.csv", rows);
    rows[0] = row("A1", "1", "early-bird", "250000,0,0,0,0,refunded,2027-01-05T10:00:00+03:00,,,");
    rows.push_back(row("A6", "1", "early-bird"));
    REQUIRE(f.import_rows("b.csv", rows).sold == 1);
    rows.push_back(row("A7", "1", "early-bird"));
    REQUIRE(f.refusal_codes(f.import_rows("c.csv", rows)) == "sale.over_capacity:1");
    f.sweep();
}

namespace {
std::string tickets(std::string_view order, int quantity) {
    return fmt::format("{},1,early-bird,{},KES,{}00000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,", order, quantity,
                       quantity);
}
sale::ImportOutcome correct(test::SaleFixture& f, const std::string& name, const std::vector<std::string>& rows) {
    std::string text{test::k_sale_header};
    for (const auto& r : rows) text += r + "\n";
    auto order = f.order({f.file(name, text)});
    order.profile.accept_corrections = true;
    return f.run(order);
}
} // namespace

TEST_CASE("an order too large for what is left leaves it to those behind it", "[db][sale]") {
    test::SaleFixture f; // five early birds
    REQUIRE(f.refusal_codes(f.import_rows("a.csv", {tickets("A1", 3), tickets("A2", 3), tickets("A3", 1),
                                                    tickets("A4", 2), tickets("A5", 1)})) == "sale.over_capacity:2");
    REQUIRE(f.value("SELECT string_agg(order_ref, ' ' ORDER BY order_ref) FROM sale_line") == "A1 A3 A5");
    f.sweep();
}

TEST_CASE("what a correction sells more must fit, beside the new orders", "[db][sale]") {
    test::SaleFixture f; // five early birds
    f.import_rows("a.csv", {tickets("A1", 2), tickets("A2", 1)});
    REQUIRE(f.refusal_codes(correct(f, "b.csv", {tickets("A1", 5)})) == "sale.over_capacity:1");
    REQUIRE(f.value("SELECT sum(quantity) FROM sale_line") == "3");
    REQUIRE(f.refusal_codes(correct(f, "c.csv", {tickets("A1", 3), tickets("B1", 2)})) == "sale.over_capacity:1");
    REQUIRE(f.value("SELECT string_agg(order_ref || quantity, ' ' ORDER BY order_ref, seq) FROM sale_line") ==
            "A12 A11 A21");
    REQUIRE(f.refusal_codes(correct(f, "d.csv", {tickets("A1", 1), tickets("A2", 2)})).empty());
    REQUIRE(f.value("SELECT sold FROM tier_sold") == "3");
    f.sweep();
}

TEST_CASE("what a correction oversells is audited where that is the policy", "[db][sale]") {
    test::SaleFixture f{"record"};
    f.import_rows("a.csv", {tickets("A1", 2)});
    REQUIRE(correct(f, "b.csv", {tickets("A1", 7)}).undone == 1);
    REQUIRE(f.value("SELECT capacity || ' ' || sold FROM oversell_audit") == "5 7");
    f.sweep();
}

TEST_CASE("files that are no tables are refused before anything is written", "[db][sale]") {
    test::SaleFixture f;
    const std::string header{test::k_sale_header};
    const std::pair<std::string, std::string> cases[] = {
        {"", "table.file_empty"},
        {"\xEF\xBB\xBF", "table.file_empty"},
        {"\n\n", "table.file_empty"},
        {header, "sale.no_rows"},
        {"\xFF\xFEx\0", "table.file_utf16"},
        {"PK\x03\x04 more", "table.workbook"},
        {"\xD0\xCF\x11\xE0 more", "table.file_spreadsheet"},
        {"just one column\nand a row\n", "sale.delimiter"},
        {"a,b,c\n1,2,3\n", "sale.header"},
        {header + "A1,1,r\xE9gular,1,KES,1,0,0,0,0,paid,2027-01-05T10:00:00Z,,,\n", "table.encoding"},
        {header + "A1,1,\"regular,1,KES\n", "table.csv_quote"},
        {header + "A1,1,\"regular\"x,1,KES\n", "table.csv_quote"},
        {header + "A1,1," + std::string(70'000, 'x') + ",1\n", "table.field_too_long"},
        {header + std::string(600, ',') + "\n", "table.too_many_columns"},
        {header + std::string(3'000'000, 'x'), "table.row_too_long"},
        {header + "\"" + std::string(3'000'000, '\n'), "table.row_too_long"},
        {"{\"external_order_id\":1,\"gross_minor\":}\n", "table.json"},
        {"{\"external_order_id\":1,\"paid_at\":\"2027-01-05\",\"tier\":\"regular\",\"gross_minor\":1,\"gross_minor\":"
         "100}\n",
         "table.json"},
    };
    int n = 0;
    for (const auto& [text, code] : cases) {
        CAPTURE(code, ++n);
        REQUIRE(f.error_of(f.order({f.file("x.csv", text)})) == code);
    }
    REQUIRE(f.error_of(f.order({"/nowhere/x.csv"})) == "table.file_unreadable");
    REQUIRE(f.value("SELECT count(*) FROM sale_import") == "0");
}

TEST_CASE("an event without a plan, without tiers or unknown takes no sales", "[db][sale]") {
    test::SaleFixture f;
    auto order = f.order({f.file("a.csv", std::string{test::k_sale_header} + row("A1", "1", "regular") + "\n")});
    order.event = "shaw";
    REQUIRE(f.error_of(order) == "event.not_found");
    f.execute(fmt::format("INSERT INTO object VALUES ('{}', 'Event', 'show', '{}', 1, '{{}}', '{{}}', sha256(''), "
                          "'event.yaml:1', 'tester', "
                          "now(), now())",
                          f.org.uuid(), f.event.uuid()));
    order.event = "show";
    REQUIRE(f.error_of(order) == "sale.event_archived");
    f.execute("DELETE FROM object");
    order.profile.zone = "Africa/Nairoby";
    REQUIRE(f.error_of(order) == "sale.profile");
    order.profile.zone.reset();
    f.execute("DELETE FROM tier_plan");
    order.event = "show";
    REQUIRE(f.error_of(order) == "sale.no_plan");
    f.execute("DELETE FROM tier");
    REQUIRE(f.error_of(order) == "sale.no_tiers");
}

TEST_CASE("what is still to come was not sold", "[db][sale]") {
    test::SaleFixture f; // it is 2027-12-02 09:00 UTC there, noon in Nairobi
    const auto at = [](std::string_view order, std::string_view sold, std::string_view undone = "") {
        return row(order, "1", "regular",
                   fmt::format("250000,0,0,0,0,{},{},,,{}", undone.empty() ? "paid" : "refunded", sold, undone));
    };
    const std::vector<std::string> rows{at("A1", "2027-12-02 12:30:00"),
                                        at("A2", "2027-12-02 23:00:00"),
                                        at("A3", "2027-12-02T23:00:00+15:00"),
                                        at("A4", "2027-12-02T07:00:00-15:00"),
                                        at("A5", "2027-01-05 10:00:00", "2027-12-12 10:00:00"),
                                        row("A4", "2", "regular")};
    const auto outcome = f.import_rows("a.csv", rows);
    REQUIRE(f.refusal_codes(outcome) == "sale.in_future:3 sale.order_refused:1");
    REQUIRE(f.value("SELECT string_agg(order_ref, ' ' ORDER BY order_ref) FROM sale_line") == "A1 A3");
    for (const auto& refusal : outcome.refusals) {
        if (refusal.code != "sale.in_future") continue;
        REQUIRE(refusal.row == 3);
        REQUIRE(refusal.column == "paid_at");
        REQUIRE(refusal.reason == "2027-12-02T20:00:00Z is still to come; the profile reads dates with the year first");
    }
    // The day comes, and the same file is taken in.
    f.db.clock.advance(std::chrono::hours{24 * 11});
    REQUIRE(f.import_rows("a.csv", rows).refused == 0);
    f.sweep();
}

TEST_CASE("sales outside the window of their tier are booked and counted", "[db][sale]") {
    test::SaleFixture f;
    const auto at = [](std::string_view order, std::string_view sold) {
        return row(order, "1", "regular", fmt::format("250000,0,0,0,0,paid,{},,,", sold));
    };
    const std::vector<std::string> rows{at("A1", "2026-12-31T23:59:59Z"),
                                        at("A2", "2027-01-01T00:00:00Z"),
                                        at("A3", "2027-01-31T23:59:59Z"),
                                        at("A4", "2027-02-01T00:00:00Z"),
                                        row("A5", "1", "vip"),
                                        row("A6", "1", "gold")};
    REQUIRE(f.import_rows("free.csv", {rows.front()}).outside_window == 0);
    f.execute("UPDATE tier SET sale_from = '2027-01-01T00:00:00Z', sale_until = '2027-02-01T00:00:00Z' "
              "WHERE name = 'regular'");
    const auto outcome = f.import_rows("a.csv", rows);
    REQUIRE(outcome.outside_window == 2);
    REQUIRE(outcome.sold == 4);
    REQUIRE(f.refusal_codes(outcome) == "sale.unknown_tier:1");
    f.sweep();
}

TEST_CASE("a rejects file never takes the place of an input or of something else", "[db][sale]") {
    test::SaleFixture f;
    const auto text = std::string{test::k_sale_header} + row("A1", "1", "gold") + "\n";
    auto order = f.order({f.file("a.csv", text)});
    order.rejects = order.files.front();
    REQUIRE(f.error_of(order) == "sale.rejects_place");
    order.rejects = f.file("notes.txt", "mine\n");
    REQUIRE(f.error_of(order) == "sale.rejects_place");
    REQUIRE(contents(*order.rejects) == "mine\n");
    REQUIRE(contents(order.files.front()) == text);
    order.rejects = order.files.front().parent_path() / "rejects.csv";
    REQUIRE(f.run(order).rejects.size() == 1);
    REQUIRE(f.run(order).rejects.size() == 1); // a rejects file may be written anew
    order.files = {*order.rejects};            // but not while it is read
    REQUIRE(f.error_of(order) == "sale.rejects_place");
}
