// What numbers of cells say: the digits that are meant, and dates by their formats.
#include "lib/table/cell_text.hpp"

#include <catch2/catch.hpp>

using namespace passa::table;

TEST_CASE("a cell's number is its fifteen digits, exactly", "[unit][table]") {
    const auto text = [](const char* value) { return number_text(value, '.'); };
    REQUIRE(text("2500") == "2500");
    REQUIRE(text("97.099999999999994") == "97.1");
    REQUIRE(text("0.30000000000000004") == "0.3");
    REQUIRE(text("999999999999999.6") == "1000000000000000");
    REQUIRE(text("-1.5E-3") == "-0.0015");
    REQUIRE(text("1.5E+3") == "1500");
    REQUIRE(text("0.0") == "0");
    REQUIRE(text("-0") == "0");
    for (const auto* odd : {"", "-", ".", "1e", "1e99", "1,5", "0x10", "1.2.3", "NaN", "--1"})
        REQUIRE(text(odd) == odd);
    REQUIRE(number_text("97.125", ',') == "97,125");
}

TEST_CASE("a cell's date has the year first", "[unit][table]") {
    REQUIRE(date_text("46032", false) == "2026-01-10");
    REQUIRE(date_text("46032.813194444447", false) == "2026-01-10 19:31:00");
    REQUIRE(date_text("46032.999999999", false) == "2026-01-11");
    REQUIRE(date_text("0.5", false) == "12:00:00");
    REQUIRE(date_text("61", false) == "1900-03-01");
    REQUIRE(date_text("44570", true) == "2026-01-10"); // since 1904
    REQUIRE(date_text("-3", false) == "-3");
    REQUIRE(date_text("2958466", false) == "2958466"); // no year has five digits
    REQUIRE(date_text("60", false) == "60");           // 29 February 1900
}

TEST_CASE("a format tells dates from numbers", "[unit][table]") {
    for (const auto* code : {"dd/mm/yyyy", "[Red]dd/mm/yyyy\\ hh:mm", "[h]:mm", "[$-409]d\\-mmm;@", "\"on \"d"})
        REQUIRE(is_date_format(164, code));
    for (const auto* code :
         {"General", "0.00", "[Red]0.00", "0.00\" days\"", "#,##0.00\\d", "0;[h]", "_d0", "[", "\"", "\\"})
        REQUIRE_FALSE(is_date_format(164, code));
    REQUIRE(is_date_format(14, ""));
    REQUIRE_FALSE(is_date_format(2, ""));
}
