// What stands in more than one row or file of an import: facts that are told again, against facts that are new.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {
const std::string k_header{test::k_sale_header};

std::string state(std::string_view status, std::string_view refunded = "") {
    return fmt::format("A1,1,regular,1,KES,10000,0,0,0,0,{},2027-01-05T10:00:00+03:00,,{},\n", status, refunded);
}
} // namespace

TEST_CASE("a partial refund that two files of one import tell counts once", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome = f.import({f.file("jan.csv", k_header + state("partially_refunded", "3000")),
                                   f.file("feb.csv", k_header + state("partially_refunded", "3000") + "\n")});
    REQUIRE(f.refusal_codes(outcome).empty());
    REQUIRE(f.value("SELECT string_agg(gross::text, ' ' ORDER BY seq) FROM sale_line") == "10000 -3000");
    f.sweep();
}

TEST_CASE("refunds to date in two files of one import are not added up, whatever the order of files", "[db][sale]") {
    for (const bool swapped : {false, true}) {
        CAPTURE(swapped);
        test::SaleFixture f;
        const auto jan = f.file("jan.csv", k_header + state("partially_refunded", "3000"));
        const auto feb = f.file("feb.csv", k_header + state("partially_refunded", "5000"));
        f.import(swapped ? std::vector{feb, jan} : std::vector{jan, feb});
        REQUIRE(f.value("SELECT string_agg(gross::text, ' ' ORDER BY seq) FROM sale_line") == "10000 -5000");
        f.sweep();
    }
}

TEST_CASE("the same file named twice in one import is refused before anything is read", "[db][sale]") {
    test::SaleFixture f;
    const auto a = f.file("a.csv", k_header + state("paid"));
    REQUIRE(f.error_of(f.order({a, a})) == "sale.same_file");
    REQUIRE(f.error_of(f.order({a, f.file("copy.csv", k_header + state("paid"))})) == "sale.same_file");
    REQUIRE(f.lines().empty());
}

TEST_CASE("fees of an order in two files of one import are refused, not added up", "[db][sale]") {
    const std::string position = "Order code,Position ID,Status,Order date,Order time,Product,Price,Tax value\n"
                                 "AAAAA,1,paid,2027-01-05,10:00:00,regular,100.00,0\n"
                                 "BBBBB,1,paid,2027-01-05,10:00:00,regular,100.00,0\n";
    const std::string fee = "Order code,Status,Fee type,Price,Tax value\nAAAAA,paid,service,10.00,0\n";
    for (const bool kept : {false, true}) {
        CAPTURE(kept);
        test::SaleFixture f;
        auto order =
            f.order({f.file("p.csv", position), f.file("f1.csv", fee), f.file("f2.csv", fee + "\n")}, "pretix");
        order.profile.keep_order_fees = kept;
        REQUIRE(f.refusal_codes(f.run(order)) == "sale.repeated:2 sale.order_refused:1");
        REQUIRE(f.value("SELECT string_agg(order_ref || gross, ' ') FROM sale_line") == "BBBBB10000");
        f.sweep();
    }
}

namespace {
std::string refund(std::string_view amount, std::string_view at, std::string_view line = "1") {
    return fmt::format("A1,{},regular,1,KES,-{},0,0,0,0,paid,{},,,\n", line, amount, at);
}
constexpr auto k_first = "2027-01-09T10:00:00+03:00";
constexpr auto k_second = "2027-02-09T10:00:00+03:00";
} // namespace

TEST_CASE("refund rows in later files that hold only news add up, each once", "[db][sale]") {
    test::SaleFixture f;
    f.import({f.file("1.csv", k_header + state("paid") + refund("3000", k_first))});
    REQUIRE(f.import({f.file("2.csv", k_header + refund("3000", k_second))}).undone == 1);
    REQUIRE(f.value("SELECT string_agg(gross::text, ' ' ORDER BY seq) FROM sale_line") == "10000 -3000 -3000");
    REQUIRE(f.import({f.file("3.csv", k_header + refund("1000", "2027-02-10T10:00:00+03:00"))}).undone == 1);
    // told again, alone or with its sale, alters nothing
    REQUIRE(f.import({f.file("4.csv", k_header + refund("3000", k_second) + refund("3000", k_first))}).undone == 0);
    REQUIRE(f.import({f.file("5.csv", k_header + state("paid") + refund("3000", k_first) + "\n\n")}).undone == 0);
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "3000");
    REQUIRE(f.refusal_codes(f.import({f.file("6.csv", k_header + refund("3001", "2027-02-11T10:00:00+03:00"))})) ==
            "sale.refund_too_large:1");
    f.sweep();
}

TEST_CASE("the same refund row in two files of one import counts once, two in one file count twice", "[db][sale]") {
    test::SaleFixture f;
    const auto row = refund("3000", k_first);
    f.import({f.file("1.csv", k_header + state("paid") + row), f.file("2.csv", k_header + row)});
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "7000");
    f.sweep();
    test::SaleFixture g;
    g.import({g.file("1.csv", k_header + state("paid") + row + row)});
    REQUIRE(g.value("SELECT sum(gross) FROM sale_line") == "4000");
    g.sweep();
}

TEST_CASE("refund rows with a reference are told apart by it, and may not change", "[db][sale]") {
    test::SaleFixture f;
    const std::string header = "external_order_id,external_line_id,tier,gross_minor,status,paid_at,refund_ref\n";
    const auto row = [](std::string_view gross, std::string_view ref) {
        return fmt::format("A1,1,regular,{},paid,2027-01-05T10:00:00Z,{}\n", gross, ref);
    };
    f.import({f.file("1.csv", header + row("10000", "") + row("-3000", "re_1"))});
    REQUIRE(f.import({f.file("2.csv", header + row("-3000", "re_2"))}).undone == 1);
    REQUIRE(f.import({f.file("3.csv", header + row("-3000", "re_2") + row("-3000", "re_1"))}).undone == 0);
    REQUIRE(f.refusal_codes(f.import({f.file("4.csv", header + row("-2000", "re_2"))})) == "sale.refund_differs:1");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "4000");
    f.sweep();
}

TEST_CASE("a refund row with nothing of its own that comes again in another file is refused as unclear", "[db][sale]") {
    test::SaleFixture f;
    const auto row = refund("3000", "2027-01-05T10:00:00+03:00"); // the time of the sale
    f.import({f.file("1.csv", k_header + state("paid") + row)});
    REQUIRE(f.refusal_codes(f.import({f.file("2.csv", k_header + row)})) == "sale.refund_unclear:1");
    auto order = f.order({f.file("1.csv", k_header + state("paid") + row)});
    order.profile.hash = {}; // as after a change of the profile: the very same row is known by its evidence
    REQUIRE(f.run(order).undone == 0);
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "7000");
    f.sweep();
}

TEST_CASE("partially refunded without saying how much is refused while the book cannot tell", "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(f.refusal_codes(f.import({f.file("1.csv", k_header + state("partially_refunded"))})) ==
            "sale.refund_unknown:1");
    f.import({f.file("2.csv", k_header + state("paid"))});
    REQUIRE(f.refusal_codes(f.import({f.file("3.csv", k_header + state("partially_refunded"))})) ==
            "sale.refund_unknown:1");
    f.sweep();
}
