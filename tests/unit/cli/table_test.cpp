// Records as a table, as plain text, as CSV and as JSON: the same facts in each.
#include "cli/out/table.hpp"
#include "lib/base/text.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::cli::out;

namespace {

money::Asset kes() { return money::find_currency("KES").value(); }

Terminal tty(std::size_t width) {
    Terminal t;
    t.stdout_is_tty = true;
    t.width = width;
    return t;
}

const std::vector<Column> k_columns{{"party", "PARTY"}, {"amount", "AMOUNT"}};

Records rows() {
    return {{{"party", "Bändi 乐队"}, {"amount", money::parse_number("1234567.00", kes()).value()}},
            {{"party", "venue"}, {"amount", money::parse_number("-5.50", kes()).value()}}};
}

} // namespace

TEST_CASE("a table is aligned by what is seen, amounts to the right with thousands apart", "[unit]") {
    REQUIRE(table(k_columns, rows(), tty(80)) == "PARTY                 AMOUNT\n"
                                                 "Bändi 乐队  1,234,567.00 KES\n"
                                                 "venue              -5.50 KES\n");
}

TEST_CASE("a table that does not fit is stacked and nothing is hidden", "[unit]") {
    const auto text = table(k_columns, rows(), tty(20));
    REQUIRE(text.find("PARTY: Bändi 乐队\nAMOUNT: 1,234,567.00 KES\n\nPARTY: venue\n") == 0);
}

TEST_CASE("pipes get tabs, no header and unshortened values", "[unit]") {
    REQUIRE(table(k_columns, rows(), Terminal{}) == "Bändi 乐队\t1234567.00 KES\nvenue\t-5.50 KES\n");
    REQUIRE(table(k_columns, {}, Terminal{}).empty());
}

TEST_CASE("foreign text reaches no terminal and no pipe with its control characters", "[unit]") {
    const Records evil{{{"party", "a\x1b[2J\tb\nc"}, {"amount", nullptr}}};
    REQUIRE(table(k_columns, evil, tty(80)).find('\x1b') == std::string::npos);
    REQUIRE(table(k_columns, evil, Terminal{}) == "a\\x1b[2J\\x09b\\x0ac\t\n");
    REQUIRE(fields(evil.front(), tty(80)).find('\x1b') == std::string::npos);
}

TEST_CASE("CSV keeps amounts and assets apart, and disarms formulas", "[unit]") {
    auto records = rows();
    records.push_back({{"party", "=SUM(A1)"}, {"amount", nullptr}});
    REQUIRE(csv(k_columns, records) == "party,amount,amount_asset\r\n"
                                       "Bändi 乐队,1234567.00,KES\r\n"
                                       "venue,-5.50,KES\r\n"
                                       "'=SUM(A1),,\r\n");
    REQUIRE(csv(k_columns, {}) == "party,amount\r\n");
}

TEST_CASE("JSON has its schema first, amounts as text, nulls and nested objects", "[unit]") {
    const Record record{{"a", nullptr},
                        {"amount", money::parse_number("1.10", kes()).value()},
                        {"inner", Record{{"day", parse_day("2027-03-07").value()}}},
                        {"stored", JsonText{R"({"n":"1.10"})"}},
                        {"bad", std::string{"\xff"}}};
    REQUIRE(to_json("passa.x.v1", record, false) ==
            R"({"schema":"passa.x.v1","a":null,"amount":{"amount":"1.10","asset":"KES"},"inner":{"day":"2027-03-07"},)"
            R"("stored":{"n":"1.10"},"bad":"�"})");
}

TEST_CASE("a column of words is wrapped before records are stacked, and no word is broken", "[unit]") {
    const Records records{{{"party", "GCAFM73N444TKAWD"}, {"amount", "a law of several words that does not fit"}},
                          {{"party", "b"}, {"amount", "short"}}};
    REQUIRE(table(k_columns, records, tty(44)) == "PARTY             AMOUNT\n"
                                                  "GCAFM73N444TKAWD  a law of several words\n"
                                                  "                  that does not fit\n"
                                                  "b                 short\n");
    REQUIRE(table(k_columns, records, tty(30)).find("PARTY: GCAFM73N444TKAWD\n") == 0);
}

TEST_CASE("stacked records leave out what is empty, times on a terminal have no fractions", "[unit]") {
    const Instant at{std::chrono::microseconds{1'500'000}};
    const Records records{{{"party", ""}, {"amount", nullptr}, {"at", at}}};
    REQUIRE(table({{"party", "PARTY"}, {"amount", "AMOUNT"}, {"at", "AT"}}, records, tty(20)) ==
            "AT: 1970-01-01T00:00:01Z\n");
    REQUIRE(cell(at, tty(80)) == "1970-01-01T00:00:01Z");
    REQUIRE(cell(at, Terminal{}) == "1970-01-01T00:00:01.500000Z");
}
