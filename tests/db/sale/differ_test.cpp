// Later files about the same sales: differences become lines of their own, contradictions are refused.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {
constexpr auto k_paid = "A1,1,regular,1,KES,250000,0,34483,5000,2500,paid,2027-01-05T10:00:00+03:00,DEMO-A,,";
std::string with(std::string_view status, std::string_view refunded = "", std::string_view at = "") {
    return fmt::format("A1,1,regular,1,KES,250000,0,34483,5000,2500,{},2027-01-05T10:00:00+03:00,DEMO-A,{},{}", status,
                       refunded, at);
}
} // namespace

TEST_CASE("a later refund is one negative line under the sale's own versions", "[db][sale]") {
    for (const auto& [status, kind] :
         {std::pair{"refunded", "refund"}, {"cancelled", "cancellation"}, {"chargeback", "chargeback"}}) {
        CAPTURE(status);
        test::SaleFixture f;
        f.import_rows("1.csv", {k_paid});
        const auto outcome = f.import_rows("2.csv", {with(status)});
        REQUIRE(f.refusal_codes(outcome).empty());
        REQUIRE(outcome.undone == 1);
        REQUIRE(outcome.sold == 0);
        REQUIRE(f.value("SELECT kind FROM sale_line WHERE seq = 1") == kind);
        REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(net) || ' ' || sum(quantity) FROM sale_line") == "0 0 0");
        REQUIRE(f.value("SELECT count(DISTINCT (plan_version_id, campaign_version_id, creator_id)) FROM sale_line") ==
                "1");
        REQUIRE(f.value("SELECT bool_and(occurred_at = imported_at) FROM sale_line WHERE seq = 1") ==
                "true"); // undated: when it was learned
        REQUIRE(f.import_rows("3.csv", {with(status), "A9,1,regular,1,KES,1,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,"})
                    .undone == 0);
        f.sweep();
    }
}

TEST_CASE("partial refunds grow by difference up to the whole", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("1.csv", {k_paid});
    f.import_rows("2.csv", {with("partially_refunded", "50000")});
    f.import_rows("3.csv", {with("partially_refunded", "120000")});
    f.import_rows("4.csv", {with("refunded")});
    REQUIRE(f.value("SELECT string_agg(gross::text, ' ' ORDER BY seq) FROM sale_line") ==
            "250000 -50000 -70000 -130000");
    REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(tax) || ' ' || sum(fee_platform) || ' ' || sum(quantity) FROM "
                    "sale_line") == "0 0 0 0");
    f.sweep();
}

TEST_CASE("a row that says what is left of a sale is the same as one that says what went", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("1.csv", {k_paid});
    const std::string left =
        "A1,1,regular,1,KES,150000,0,20690,3000,1500,partially_refunded,2027-01-05T10:00:00+03:00,DEMO-A,,";
    REQUIRE(f.import_rows("2.csv", {left}).undone == 1);
    REQUIRE(f.import_rows("3.csv", {left, "A9,1,regular,1,KES,1,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,"}).undone ==
            0);
    REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(tax) FROM sale_line WHERE order_ref = 'A1'") == "150000 20690");
    f.sweep();
}

TEST_CASE("a refund dated before the day of its sale is refused, not booked at another time", "[db][sale]") {
    test::SaleFixture f;
    const auto early = with("refunded", "", "2027-01-04T23:59:59+03:00");
    REQUIRE(f.refusal_codes(f.import_rows("1.csv", {early})) == "sale.refund_before_sale:1");
    f.import_rows("2.csv", {k_paid});
    const auto outcome = f.import_rows("3.csv", {early});
    REQUIRE(f.refusal_codes(outcome) == "sale.refund_before_sale:1");
    REQUIRE(outcome.refusals.front().reason ==
            "line 1 of order A1 was given back on 2027-01-04, and sold only on 2027-01-05");
    REQUIRE(f.import_rows("4.csv", {with("refunded", "", "2027-01-05T00:00:00+03:00")}).undone == 1); // coarse
    REQUIRE(f.value("SELECT count(DISTINCT occurred_at) FROM sale_line") == "1");
    f.sweep();
}

TEST_CASE("an older file does not take a refund back", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("2.csv", {with("refunded")});
    const auto outcome = f.import_rows("1.csv", {k_paid});
    REQUIRE(f.refusal_codes(outcome) == "sale.taken_back:1");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "0");
    auto order = f.order({f.file("1.csv", std::string{test::k_sale_header} + k_paid + "\n")});
    order.profile.accept_corrections = true;
    REQUIRE(f.run(order).undone == 1);
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "250000");
    f.sweep();
}

TEST_CASE("other money for a known line is refused, or corrected by the difference", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("1.csv", {k_paid});
    const std::string other = "A1,1,regular,1,KES,240000,10000,33103,5000,2500,paid,2027-01-05T10:00:00+03:00,DEMO-A,,";
    REQUIRE(f.refusal_codes(f.import_rows("2.csv", {other})) == "sale.money_differs:1");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "250000");
    auto order = f.order({f.file("3.csv", std::string{test::k_sale_header} + other + "\n")});
    order.profile.accept_corrections = true;
    const auto outcome = f.run(order);
    REQUIRE(outcome.undone == 1);
    REQUIRE(f.value("SELECT kind || ' ' || gross || ' ' || discount || ' ' || tax FROM sale_line WHERE seq = 1") ==
            "correction -10000 10000 -1380");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "240000");
    f.sweep();
}

TEST_CASE("the same order in two files of one import with different money is refused as a whole", "[db][sale]") {
    test::SaleFixture f;
    const std::string header{test::k_sale_header};
    const std::string other = "A1,1,regular,1,KES,240000,0,33103,5000,2500,paid,2027-01-05T10:00:00+03:00,,,";
    const std::string second = "A1,2,regular,1,KES,240000,0,33103,5000,2500,paid,2027-01-05T10:00:00+03:00,,,";
    const auto outcome =
        f.import({f.file("1.csv", header + k_paid + "\n" + second + "\n"), f.file("2.csv", header + other + "\n")});
    REQUIRE(f.refusal_codes(outcome) == "sale.repeated:2 sale.order_refused:1");
    REQUIRE(f.lines().empty());
    const auto same =
        f.import({f.file("1.csv", header + k_paid + "\n"), f.file("2.csv", header + k_paid + "\n" + "\n")});
    REQUIRE(same.sold == 1);
    f.sweep();
}

TEST_CASE("refund before sale: both are recorded, and the file that only knows the sale changes nothing",
          "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(f.import_rows("r.csv", {with("refunded", "", "2027-01-09T10:00:00+03:00")}).undone == 1);
    REQUIRE(f.value("SELECT string_agg(kind, ' ' ORDER BY seq) FROM sale_line") == "sale refund");
    REQUIRE(f.value("SELECT occurred_at AT TIME ZONE 'UTC' FROM sale_line WHERE seq = 1") == "2027-01-09 07:00:00");
    f.sweep();
}

TEST_CASE("a row that takes money back without any sale is refused", "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(f.refusal_codes(
                f.import_rows("r.csv", {"A1,1,regular,1,KES,-250000,0,0,0,0,paid,2027-01-05T10:00:00+03:00,,,"})) ==
            "sale.refund_without_sale:1");
    f.import_rows("s.csv", {k_paid});
    REQUIRE(f.refusal_codes(
                f.import_rows("r2.csv", {"A1,1,regular,1,KES,-250001,0,0,0,0,paid,2027-01-06T10:00:00+03:00,,,"})) ==
            "sale.refund_too_large:1");
    REQUIRE(
        f.import_rows("r3.csv", {"A1,1,regular,1,KES,-250000,0,-34483,-5000,-2500,paid,2027-01-06T10:00:00+03:00,,,"})
            .undone == 1);
    REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(quantity) FROM sale_line") == "0 0");
    f.sweep();
}

TEST_CASE("a chargeback of a part takes back that part", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("1.csv", {k_paid});
    f.import_rows("2.csv", {with("chargeback", "50000")});
    REQUIRE(f.value("SELECT kind || ' ' || gross || ' ' || quantity FROM sale_line WHERE seq = 1") ==
            "chargeback -50000 0");
    f.sweep();
}
