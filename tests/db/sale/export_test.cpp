// Exports as products write them: several files joined, order fees spread, lines without a number, zones.
#include "lib/money/allocate.hpp"
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

constexpr std::string_view k_positions =
    "\xEF\xBB\xBF\"Event slug\";\"Order code\";\"Position ID\";\"Status\";\"Email\";\"Order date\";\"Order "
    "time\";\"Product\";\"Variation\";\"Price\";\"Tax rate\";\"Tax value\";\"Company\";\"Voucher\";\"Company\"\r\n"
    "\"show27\";\"AAAAA\";\"1\";\"paid\";\"a@example.org\";\"2027-01-05\";\"10:00:00\";\"Early "
    "Bird\";\"\";\"1500.00\";\"16.00\";\"206.90\";\"\";\"demo-a\";\"\"\r\n"
    "\"show27\";\"AAAAA\";\"2\";\"paid\";\"a@example.org\";\"2027-01-05\";\"10:00:00\";\"Regular\";\"\";\"2500.00\";"
    "\"16.00\";\"344.83\";\"A \"\"quoted\"\"\nname\";\"\";\"\"\r\n"
    "\"show27\";\"BBBBB\";\"1\";\"pending\";\"b@example.org\";\"2027-01-06\";\"10:00:00\";\"Regular\";\"\";\"2500.00\";"
    "\"16.00\";\"344.83\";\"\";\"\";\"\"\r\n"
    "\"show27\";\"CCCCC\";\"1\";\"paid\";\"c@example.org\";\"2027-01-07\";\"23:30:00\";\"VIP\";\"Table\";\"6000.00\";"
    "\"16.00\";\"827.59\";\"\";\"\";\"\"\r\n";
constexpr std::string_view k_fees =
    "Event slug,Order code,Status,Order date,Order time,Fee type,Description,Price,Tax rate,Tax rule,Tax value\n"
    "show27,AAAAA,paid,2027-01-05,10:00:00,payment,Card,100.01,16.00,,13.79\n"
    "show27,AAAAA,paid,2027-01-05,10:00:00,service,,10.00,0.00,,0.00\n"
    "show27,BBBBB,pending,2027-01-06,10:00:00,payment,Card,100.00,0.00,,0.00\n";
std::string orders(std::string_view total) {
    return fmt::format(
        "Event slug,Order code,Order total,Status,Positions\nshow27,AAAAA,{},paid,2\nshow27,CCCCC,6000.00,paid,1\n",
        total);
}

} // namespace

TEST_CASE("pretix: positions, fees and orders make exact lines", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome =
        f.import({f.file("o.csv", orders("4110.01")), f.file("f.csv", k_fees), f.file("p.csv", k_positions)}, "pretix");
    REQUIRE(f.refusal_codes(outcome).empty());
    REQUIRE(outcome.sold == 3);
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line WHERE order_ref = 'show27/AAAAA'") == "411001");
    REQUIRE(f.value("SELECT sum(fee_payment) || ' ' || sum(fee_platform) || ' ' || sum(tax) || ' ' || sum(net) FROM "
                    "sale_line WHERE order_ref = 'show27/AAAAA'") ==
            "8622 1000 56552 344827"); // 100.01 - 13.79; 10.00; 206.90 + 344.83 + 13.79; prices less their tax
    REQUIRE(f.value("SELECT occurred_at AT TIME ZONE 'UTC' FROM sale_line WHERE order_ref = 'show27/CCCCC'") ==
            "2027-01-07 20:30:00");
    REQUIRE(f.value("SELECT code FROM sale_line WHERE creator_id IS NOT NULL") == "DEMO-A");
    REQUIRE(
        f.value("SELECT t.name FROM sale_line l JOIN tier t ON t.id = l.tier_id WHERE order_ref = 'show27/CCCCC'") ==
        "vip");
    const auto again =
        f.import({f.file("p2.csv", std::string{k_positions} + "\r\n"), f.file("f.csv", k_fees)}, "pretix");
    REQUIRE(again.unchanged == 3);
    f.sweep();
}

TEST_CASE("pretix: an order whose parts do not add up to its total is refused", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome =
        f.import({f.file("p.csv", k_positions), f.file("f.csv", k_fees), f.file("o.csv", orders("4110.00"))}, "pretix");
    REQUIRE(outcome.sold == 1);
    REQUIRE(f.refusal_codes(outcome) == "sale.order_refused:4 sale.total_differs:1");
    f.sweep();
}

TEST_CASE("order fees kept as lines of their own bring the same totals", "[db][sale]") {
    test::SaleFixture f;
    auto order = f.order({f.file("p.csv", k_positions), f.file("f.csv", k_fees)}, "pretix");
    order.profile.keep_order_fees = true;
    REQUIRE(f.run(order).sold == 5);
    REQUIRE(f.value("SELECT string_agg(kind || ':' || gross || ':' || tax || ':' || net, ' ' ORDER BY line_ref) FROM "
                    "sale_line WHERE kind = 'fee'") == "fee:10001:1379:0 fee:1000:0:0");
    REQUIRE(f.value("SELECT sum(net) FROM sale_line WHERE order_ref = 'show27/AAAAA'") == "344827");
    f.sweep();
}

TEST_CASE("order fees spread as money::allocate splits", "[db][sale][prop]") {
    const std::uint64_t seed = 20261121;
    SeededRandom random{seed};
    test::SaleFixture f;
    std::string positions = "Order code,Position ID,Status,Order date,Order time,Product,Price,Tax value\n";
    std::string fees = "Order code,Status,Fee type,Price,Tax value\n";
    std::map<std::string, std::vector<money::Int128>> expected;
    const money::Asset kes{"KES", 2};
    for (int n = 0; n < 60; ++n) {
        const auto code = fmt::format("O{}", n);
        std::vector<money::Int128> weights;
        for (std::uint64_t i = 0; i <= random.below(6); ++i)
            weights.push_back(random.below(4) == 0 ? 0 : static_cast<money::Int128>(random.below(99999)));
        const auto fee = static_cast<std::int64_t>(random.below(30000)) - (n % 5 == 0 ? 30000 : 0);
        for (std::size_t i = 0; i < weights.size(); ++i)
            positions += fmt::format("{},{},paid,2027-01-05,10:00:00,regular,{},0\n", code, i + 1,
                                     money::Amount{weights[i], kes}.number());
        fees += fmt::format("{},paid,payment,{},0\n", code, money::Amount{fee, kes}.number());
        if (std::all_of(weights.begin(), weights.end(), [](auto w) { return w == 0; }))
            std::fill(weights.begin(), weights.end(), 1);
        for (const auto& part : money::allocate(money::Amount{fee, kes}, weights).value())
            expected[code].push_back(part.minor());
    }
    REQUIRE(f.refusal_codes(f.import({f.file("p.csv", positions), f.file("f.csv", fees)}, "pretix")).empty());
    const auto rows = db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        return tx.raw("SELECT order_ref, fee_payment FROM sale_line ORDER BY order_ref, line_ref::int");
    });
    std::map<std::string, std::vector<money::Int128>> found;
    for (const auto& row : rows)
        found[row.get<std::string>("order_ref")].push_back(row.get<money::Int128>("fee_payment"));
    CAPTURE(seed);
    REQUIRE(found == expected);
    f.sweep();
}

TEST_CASE("eventbrite: both attendee reports, codes from the orders report, lines numbered by what they say",
          "[db][sale]") {
    const std::string older = "Order #,Order Date,First Name,Quantity,Ticket Type,Attendee #,Order Type,Currency,Total "
                              "Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status\n"
                              "11000000001,1/29/27 22:28,Ada,1,Regular,501,Eventbrite "
                              "Completed,KES,\"2,500.00\",90.00,60.00,30.00,Attending\n"
                              "11000000001,1/29/27 22:28,Bob,1,Regular,502,Eventbrite "
                              "Completed,KES,\"KSh2,500.00\",90.00,60.00,30.00,Refunded\n";
    const std::string report = "Order #,Order Date,First Name,Quantity,Total Paid,Order Status,Promo Code,Affiliate\n"
                               "11000000001,1/29/27 22:28,Ada,2,\"5,000.00\",Completed,,demo-a\n";
    test::SaleFixture f;
    const auto outcome = f.import({f.file("a.csv", older), f.file("o.csv", report)}, "eventbrite");
    REQUIRE(f.refusal_codes(outcome).empty());
    REQUIRE(outcome.sold == 2);
    REQUIRE(f.value("SELECT count(*) FROM sale_line WHERE creator_id IS NOT NULL") == "3");
    REQUIRE(f.value("SELECT gross || ' ' || fee_platform || ' ' || fee_payment FROM sale_line WHERE seq = 1") ==
            "-250000 0 0"); // the gateway keeps its fees
    REQUIRE(f.value("SELECT occurred_at AT TIME ZONE 'UTC' FROM sale_line WHERE seq = 0 LIMIT 1") ==
            "2027-01-29 19:28:00");
    f.sweep();

    test::SaleFixture g;
    const std::string newer = "Order ID,Order Date,Attendee Status,Name,Email,Event Name,Ticket Quantity,Ticket "
                              "Type,Ticket Price,Buyer Name\n";
    const auto line = [](std::string_view status) {
        return fmt::format("12,\"Jan 26, 2027 7:05 PM\",{},X,x@example.org,Show,1,Regular,2500.00,X\n", status);
    };
    g.import({g.file("1.csv", newer + line("Attending") + line("Attending") + line("Attending"))}, "eventbrite");
    REQUIRE(g.import({g.file("2.csv", newer + line("Attending") + line("Refunded") + line("Attending"))}, "eventbrite")
                .undone == 1);
    REQUIRE(g.import({g.file("3.csv", newer + line("Refunded") + line("Attending") + line("Attending") + "\n")},
                     "eventbrite")
                .undone == 0);
    REQUIRE(g.value("SELECT sum(gross) || ' ' || sum(quantity) FROM sale_line") == "500000 2");
    g.sweep();
}

TEST_CASE("eventbrite: a refund in a row of its own with a negative total", "[db][sale]") {
    const std::string text = "Order #,Order Date,Quantity,Ticket Type,Currency,Total Paid,Attendee Status\n"
                             "77,1/29/27 22:28,1,VIP,KES,6000.00,Attending\n"
                             "77,2/02/27 09:00,1,VIP,KES,(1500.00),Refund\n";
    test::SaleFixture f;
    const auto outcome = f.import({f.file("a.csv", text)}, "eventbrite");
    REQUIRE(f.refusal_codes(outcome).empty());
    REQUIRE(f.value("SELECT string_agg(kind || ' ' || gross || ' ' || quantity, ', ' ORDER BY seq) FROM sale_line") ==
            "sale 600000 1, refund -150000 0");
    f.sweep();
}

TEST_CASE("an orders report alone does not say what was sold", "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(f.error_of(f.order(
                {f.file("o.csv", "Order #,Order Date,Order Status,Total Paid\n1,1/1/27 10:00,Completed,1.00\n")},
                "eventbrite")) == "sale.no_lines");
}

TEST_CASE("times that a clock skipped or showed twice have a defined instant", "[db][sale]") {
    test::SaleFixture f;
    f.execute("UPDATE event SET zone = 'Europe/Berlin'");
    const auto at = [&](std::string_view time) {
        static int n = 0;
        const auto name = fmt::format("Z{}", ++n);
        f.import(
            {f.file(
                name,
                fmt::format(
                    "Order code,Position ID,Status,Order date,Order time,Product,Price\n{},1,paid,{},regular,1.00\n",
                    name, time))},
            "pretix");
        return f.value(
            fmt::format("SELECT occurred_at AT TIME ZONE 'UTC' FROM sale_line WHERE order_ref = '{}'", name));
    };
    REQUIRE(at("2027-03-28,02:30:00") == "2027-03-28 01:30:00"); // skipped: counted with the offset before the change
    REQUIRE(at("2027-10-31,02:30:00") == "2027-10-31 01:30:00"); // twice: the second time, winter's offset
    REQUIRE(at("2027-07-01,12:00:00") == "2027-07-01 10:00:00");
}

TEST_CASE("JSON lines and decimal columns bring the same lines as minor units", "[db][sale]") {
    test::SaleFixture a, b, c;
    a.import({a.file("a.csv", "source,external_order_id,external_line_id,tier,gross_minor,tax_minor,status,paid_"
                              "at\nbox,1,1,regular,250050,34483,paid,2027-01-05T10:00:00+03:00\n")});
    b.import({b.file("b.csv", "source;external_order_id;external_line_id;tier;gross;tax;status;paid_at\nbox;1;1;"
                              "regular;2500.5;344.83;paid;2027-01-05T10:00:00+03:00\n")});
    c.import({c.file(
        "c.jsonl",
        "{\"source\":\"box\",\"external_order_id\":1,\"external_line_id\":\"1\",\"tier\":\"regular\",\"gross\":2500.50,"
        "\"tax\":\"344.83\",\"status\":\"paid\",\"paid_at\":\"2027-01-05T07:00:00Z\",\"meta\":{\"a\":[1,2]}}\n\n")});
    const std::string sql = "SELECT source || order_ref || line_ref || gross || tax || net || (occurred_at AT TIME "
                            "ZONE 'UTC') FROM sale_line";
    REQUIRE(a.value(sql) == "box1125005034483215567" + std::string{"2027-01-05 07:00:00"});
    REQUIRE(b.value(sql) == a.value(sql));
    REQUIRE(c.value(sql) == a.value(sql));
}
