// Eventbrite keeps its fees on a refund, and tells them in the orders report.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

TEST_CASE("what the gateway keeps of a refunded order is booked, whatever was seen of it before", "[db][sale]") {
    test::SaleFixture f;
    const auto told = [&](bool tickets, std::string_view status, std::string_view fee,
                          std::string_view payment_fee = "0", bool accept = false) {
        std::string lines =
            "Order ID,Order date,Ticket type,Ticket quantity,Currency,Ticket price,Attendee status,Barcode number\n"
            "7002,2027-01-05 10:00:00,Regular,1,KES,1000.00,Attending,9\n";
        if (tickets)
            lines += "7001,2027-01-05 10:00:00,VIP,1,KES,1000.00,Attending,1\n"
                     "7001,2027-01-05 10:00:00,Regular,1,KES,2000.00,Attending,2\n";
        const auto orders = fmt::format(
            "Order ID,Order date,Currency,Payment status,Gross sales,Eventbrite service "
            "fee,Eventbrite payment processing fee,Eventbrite tax,Organizer tax\n"
            "7001,2027-01-05 10:00:00,KES,{},{},{},{},0,0\n7002,2027-01-05 10:00:00,KES,Completed,1000.00,0,0,0,0\n",
            status, status == "Completed" ? "3000.00" : "0.00", fee, payment_fee);
        auto order = f.order({f.file("a.csv", lines), f.file("o.csv", orders)}, "eventbrite");
        order.profile.accept_corrections = accept;
        const auto codes = f.refusal_codes(f.run(order));
        if (!codes.empty()) return codes;
        return f.value("SELECT sum(gross) || ' ' || sum(fee_platform + fee_payment) || ' ' || sum(net) FROM sale_line "
                       "WHERE order_ref = '7001'");
    };
    SECTION("never, and its tickets are listed") { REQUIRE(told(true, "Refunded", "30.00") == "0 3000 -3000"); }
    SECTION("never, and they are not: the order may be of another event") {
        REQUIRE(told(false, "Refunded", "30.00") == "sale.fee_without_line:1");
        REQUIRE(told(true, "Refunded", "30.00", "10.00") == "0 4000 -4000");
        REQUIRE(told(true, "Refunded", "20.00", "0") == "sale.money_differs:2 sale.order_refused:1");
        REQUIRE(told(true, "Refunded", "20.00", "0", true) == "0 2000 -2000");
        REQUIRE(told(true, "Completed", "30.00", "0", true) == "300000 3000 297000");
        REQUIRE(told(true, "Refunded", "-30.00") == "sale.amount:1 sale.order_refused:1 sale.total_missing:1");
    }
    SECTION("paid, and its tickets are listed no more") {
        REQUIRE(told(true, "Completed", "30.00") == "300000 3000 297000");
        REQUIRE(told(false, "Refunded", "20.00") == "sale.money_differs:1");
        REQUIRE(told(false, "Refunded", "20.00", "10.00", true) == "sale.money_differs:1");
        REQUIRE(told(false, "Refunded", "30.00") == "0 3000 -3000");
    }
    SECTION("paid") {
        REQUIRE(told(true, "Completed", "30.00") == "300000 3000 297000");
        REQUIRE(told(false, "Refunded", "30.00") == "0 3000 -3000");
        REQUIRE(told(true, "Refunded", "30.00") == "0 3000 -3000");
        REQUIRE(told(true, "Refunded", "0.00") == "0 3000 -3000"); // tells nothing
        REQUIRE(told(true, "Refunded", "50.00") == "sale.money_differs:2 sale.order_refused:1");
        REQUIRE(told(true, "Refunded", "50.00", "0", true) == "0 5000 -5000");
        REQUIRE(told(true, "Refunded", "50.00") == "0 5000 -5000");
        REQUIRE(told(true, "Refunded", "20.00", "0", true) == "0 2000 -2000");
    }
    f.sweep();
}

TEST_CASE("a refund row that gives fees back itself is believed, one that repeats the sale's is not", "[db][sale]") {
    const auto* fees = GENERATE("(60.00),(30.00)", "60.00,30.00", "0.00,0.00");
    const auto expected = fees[0] == '(' ? "0 0" : "-9000 0";
    test::SaleFixture f;
    const std::string rows =
        fmt::format("Order #,Order Date,Quantity,Ticket Type,Attendee #,Currency,Total Paid,Eventbrite Fees,Eventbrite "
                    "Payment Processing,Attendee Status\n"
                    "77,1/29/27 22:28,1,Regular,501,KES,2500.00,60.00,30.00,Attending\n"
                    "77,1/30/27 10:00,1,Regular,501,KES,(2500.00),{},Refunded\n",
                    fees);
    REQUIRE(f.refusal_codes(f.import({f.file("a.csv", rows)}, "eventbrite")).empty());
    CAPTURE(fees);
    REQUIRE(f.value("SELECT sum(net) || ' ' || sum(gross) FROM sale_line") == expected);
    f.sweep();
}

TEST_CASE("an orders report in another currency than the event's is refused", "[db][sale]") {
    const auto* status = GENERATE("Completed", "Refunded");
    test::SaleFixture f;
    const auto tickets =
        "Order ID,Order date,Ticket type,Ticket quantity,Currency,Ticket price,Attendee status,Barcode "
        "number\n7001,2027-01-05 10:00:00,VIP,1,KES,1000.00,Attending,1\n";
    const auto orders = fmt::format("Order ID,Order date,Currency,Payment status,Gross sales,Eventbrite service fee\n"
                                    "7001,2027-01-05 10:00:00,USD,{},1000.00,30.00\n",
                                    status);
    CAPTURE(status);
    REQUIRE(f.refusal_codes(f.import({f.file("a.csv", tickets), f.file("o.csv", orders)}, "eventbrite")) ==
            "sale.currency:1 sale.order_refused:1");
    REQUIRE(f.value("SELECT count(*) FROM sale_line") == "0");
}
