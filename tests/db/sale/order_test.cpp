// Whole orders against the same orders in the book: lines that vanish, change their references, or are not paid any
// more.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

const std::string k_positions = "Order code,Position ID,Status,Order date,Order time,Product,Price,Tax value\n";
const std::string k_fees = "Order code,Status,Fee type,Price,Tax value\n";
const std::string k_orders = "Order code,Order total,Status\n";
const std::string k_attendees =
    "Order #,Order Date,Quantity,Ticket Type,Attendee #,Currency,Total Paid,Attendee Status\n";
const std::string k_hidden = "Order #,Order Date,Quantity,Ticket Type,Currency,Total Paid,Attendee Status\n";

std::string position(std::string_view order, int number, std::string_view status = "paid",
                     std::string_view price = "100.00") {
    return fmt::format("{},{},{},2027-01-05,10:00:00,regular,{},0\n", order, number, status, price);
}
std::string attendee(std::string_view number, std::string_view status = "Attending") {
    return fmt::format("77,1/29/27 22:28,1,Regular,{},KES,2500.00,{}\n", number, status);
}
std::string hidden(std::string_view status = "Attending") {
    return fmt::format("77,1/29/27 22:28,1,Regular,KES,2500.00,{}\n", status);
}
std::string row(std::string_view line, std::string_view status) {
    return fmt::format("A1,{},regular,1,KES,10000,0,0,0,0,{},2027-01-05T10:00:00+03:00,,,\n", line, status);
}

} // namespace

TEST_CASE("lines once with references and once without are refused, not booked twice", "[db][sale]") {
    for (const bool named_first : {true, false}) {
        CAPTURE(named_first);
        test::SaleFixture f;
        const auto named = f.file("named.csv", k_attendees + attendee("501") + attendee("502"));
        const auto numbered = f.file("numbered.csv", k_hidden + hidden() + hidden());
        f.import({named_first ? named : numbered}, "eventbrite");
        const auto later = f.import({named_first ? numbered : named}, "eventbrite");
        REQUIRE(later.sold == 0);
        REQUIRE(later.refused == 2);
        REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "500000");
        REQUIRE(f.import({named_first ? named : numbered}, "eventbrite").was_known);
        f.sweep();
    }
    test::SaleFixture g; // both in one import, and by a profile whose files hold only news
    auto order =
        g.order({g.file("a.csv", k_attendees + attendee("501")), g.file("b.csv", k_hidden + hidden())}, "eventbrite");
    order.profile.missing = sale::Missing::ignore;
    REQUIRE(g.refusal_codes(g.run(order)) == "sale.line_refs_differ:1 sale.order_refused:1");
    REQUIRE(g.lines().empty());
}

TEST_CASE("lines without references of one order in two files of an import are refused", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome =
        f.import({f.file("1.csv", k_hidden + hidden()), f.file("2.csv", k_hidden + hidden() + "\n")}, "eventbrite");
    REQUIRE(f.refusal_codes(outcome) == "sale.repeated:2");
    REQUIRE(f.lines().empty());
}

TEST_CASE("a cancelled line without a reference does not cancel its neighbour", "[db][sale]") {
    test::SaleFixture f;
    f.import({f.file("1.csv", k_hidden + hidden() + hidden("Deleted"))}, "eventbrite");
    REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(quantity) FROM sale_line") == "250000 1");
    REQUIRE(f.import({f.file("2.csv", k_hidden + hidden("Deleted") + hidden() + "\n")}, "eventbrite").undone == 0);
    f.sweep();
}

TEST_CASE("a line that vanished from its order is cancelled, refused or passed over, as the profile says",
          "[db][sale]") {
    const auto both = k_positions + position("AAAAA", 1) + position("AAAAA", 2) + position("BBBBB", 1);
    const auto one = k_positions + position("AAAAA", 1); // and BBBBB is not in the file at all: nothing is said of it
    for (const auto missing : {sale::Missing::cancelled, sale::Missing::refuse, sale::Missing::ignore}) {
        test::SaleFixture f;
        f.import({f.file("1.csv", both)}, "pretix");
        auto order = f.order({f.file("2.csv", one)}, "pretix");
        REQUIRE(order.profile.missing == sale::Missing::cancelled);
        order.profile.missing = missing;
        const auto outcome = f.run(order);
        REQUIRE(outcome.undone == (missing == sale::Missing::cancelled ? 1 : 0));
        REQUIRE(f.refusal_codes(outcome) == (missing == sale::Missing::refuse ? "sale.line_missing:1" : ""));
        REQUIRE(f.value("SELECT sum(gross) FROM sale_line") ==
                (missing == sale::Missing::cancelled ? "20000" : "30000"));
        REQUIRE(f.import({f.file("3.csv", one + "\n")}, "pretix").undone ==
                (missing == sale::Missing::cancelled ? 0 : 1));
        REQUIRE(f.value("SELECT kind FROM sale_line WHERE seq = 1") == "cancellation");
        f.sweep();
    }
}

TEST_CASE("fees of an order stand when a position is cancelled, and the other positions stay as they are",
          "[db][sale]") {
    test::SaleFixture f;
    const auto fees = k_fees + "AAAAA,paid,service,20.01,0\n";
    const auto all = k_positions + position("AAAAA", 1) + position("AAAAA", 2) + position("AAAAA", 3);
    const auto left = k_positions + position("AAAAA", 1) + position("AAAAA", 3);
    f.import({f.file("p.csv", all), f.file("f.csv", fees), f.file("o.csv", k_orders + "AAAAA,320.01,paid\n")},
             "pretix");
    REQUIRE(f.value("SELECT string_agg(gross::text, ' ' ORDER BY line_ref) FROM sale_line") == "10667 10667 10667");
    const auto later = f.import(
        {f.file("p2.csv", left), f.file("f.csv", fees), f.file("o2.csv", k_orders + "AAAAA,220.01,paid\n")}, "pretix");
    REQUIRE(f.refusal_codes(later).empty());
    REQUIRE(later.undone == 1);
    REQUIRE(later.sold == 1);
    REQUIRE(f.value("SELECT gross || ' ' || fee_platform || ' ' || net FROM sale_line WHERE line_ref = 'fee-left-1'") ==
            "667 667 0");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "22001"); // the order's total
    REQUIRE(
        f.value("SELECT line_ref || ' ' || gross || ' ' || fee_platform || ' ' || net FROM sale_line WHERE seq = 1") ==
        "2 -10667 -667 -10000");
    // again, and without the fees table: nothing more; with a fee that shrank with its order: what was left of it goes
    const auto again = f.import({f.file("p3.csv", left + "\n"), f.file("f.csv", fees)}, "pretix");
    REQUIRE(again.undone + again.sold == 0);
    REQUIRE(f.refusal_codes(f.import({f.file("p4.csv", left + "\n\n")}, "pretix")).empty());
    REQUIRE(
        f.refusal_codes(
             f.import({f.file("p5.csv", left), f.file("f5.csv", k_fees + "AAAAA,paid,service,13.34,0\n")}, "pretix"))
            .empty());
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "21334");
    // a position that joins carries what is new of the fees; another fee for the same lines is refused
    const auto joined = f.import(
        {f.file("p6.csv", left + position("AAAAA", 4)), f.file("f6.csv", k_fees + "AAAAA,paid,service,25.01,0\n")},
        "pretix");
    REQUIRE(f.refusal_codes(joined).empty());
    REQUIRE(f.value("SELECT gross FROM sale_line WHERE line_ref = '4'") == "11167");
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "32501");
    REQUIRE(f.refusal_codes(f.import({f.file("p7.csv", left + position("AAAAA", 4)),
                                      f.file("f7.csv", k_fees + "AAAAA,paid,service,45.01,0\n")},
                                     "pretix")) == "sale.money_differs:3 sale.order_refused:1");
    f.sweep();
}

TEST_CASE("fees of an order that is given back go with its lines, however often that is told", "[db][sale]") {
    test::SaleFixture f;
    const auto told = [&](std::string_view status, const std::string& positions, std::string_view total) {
        const auto word = std::string{status};
        const auto outcome = f.import({f.file("p.csv", k_positions + positions),
                                       f.file("f.csv", k_fees + "AAAAA," + word + ",service,20.01,0\n"),
                                       f.file("o.csv", fmt::format("{}AAAAA,{},{}\n", k_orders, total, status))},
                                      "pretix");
        REQUIRE(f.refusal_codes(outcome).empty());
        return outcome;
    };
    const auto gross = [&] { return f.value("SELECT sum(gross) || ' ' || sum(fee_platform) FROM sale_line"); };
    const auto refunded = position("AAAAA", 1, "refunded") + position("AAAAA", 2, "refunded");

    SECTION("at first sight") {
        REQUIRE(told("refunded", refunded, "220.01").undone == 2);
        REQUIRE(gross() == "0 0");
    }
    SECTION("after it was paid") {
        told("paid", position("AAAAA", 1) + position("AAAAA", 2), "220.01");
        REQUIRE(gross() == "22001 2001");
        REQUIRE(told("refunded", refunded, "220.01").sold == 0);
        REQUIRE(gross() == "0 0");
    }
    SECTION("after a position was cancelled, so that a part of the fees is a line of its own") {
        told("paid", position("AAAAA", 1) + position("AAAAA", 2) + position("AAAAA", 3), "320.01");
        told("paid", position("AAAAA", 1) + position("AAAAA", 2), "220.01");
        REQUIRE(gross() == "22001 2001");
        REQUIRE(told("refunded", refunded, "220.01").undone == 3);
        REQUIRE(gross() == "0 0");
    }
    const auto again = told("refunded", refunded + "\n", "220.01"); // the same in other bytes
    REQUIRE(again.sold + again.undone == 0);
    REQUIRE(gross() == "0 0");
    f.sweep();
}

TEST_CASE("a fee that stands when no line of its order does is refused", "[db][sale]") {
    test::SaleFixture f;
    const auto fees = k_fees + "AAAAA,paid,service,20.01,0\n";
    f.import({f.file("p.csv", k_positions + position("AAAAA", 1)), f.file("f.csv", fees)}, "pretix");
    const auto gone = f.import({f.file("p2.csv", k_positions + position("AAAAA", 1, "canceled")), f.file("f.csv", fees),
                                f.file("o.csv", k_orders + "AAAAA,20.01,paid\n")},
                               "pretix");
    REQUIRE(f.refusal_codes(gone).find("sale.fee_without_line") != std::string::npos);
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "12001");
    f.sweep();
}

TEST_CASE("an order that is sold again after it was given back has its fees once", "[db][sale]") {
    test::SaleFixture f;
    const auto told = [&](std::string_view status) {
        const auto word = std::string{status};
        auto order =
            f.order({f.file("p.csv", k_positions + position("AAAAA", 1, status) + position("AAAAA", 2, status)),
                     f.file("f.csv", k_fees + "AAAAA," + word + ",service,20.01,0\n")},
                    "pretix");
        order.profile.accept_corrections = true;
        REQUIRE(f.refusal_codes(f.run(order)).empty());
        return f.value("SELECT sum(gross) || ' ' || sum(fee_platform) FROM sale_line");
    };
    REQUIRE(told("paid") == "22001 2001");
    REQUIRE(told("canceled") == "0 0");
    REQUIRE(told("paid") == "22001 2001");
    REQUIRE(told("refunded") == "0 0");
    REQUIRE(told("paid") == "22001 2001");
    f.sweep();
}

TEST_CASE("a ticket that is moved from tier to tier, and back, is sold once", "[db][sale]") {
    test::SaleFixture f;
    const auto accepted = [&](const std::string& text, const std::string& profile) {
        auto order = f.order({f.file("a.csv", text)}, profile);
        order.profile.accept_corrections = true;
        REQUIRE(f.refusal_codes(f.run(order)).empty());
        return f.value("SELECT string_agg(t.name || ' ' || l.gross || ' ' || l.fees, ', ' ORDER BY t.name) FROM ("
                       "SELECT tier_id, sum(gross) AS gross, sum(fee_platform + fee_payment) AS fees FROM sale_line "
                       "GROUP BY tier_id HAVING sum(quantity) <> 0 OR sum(gross) <> 0 OR sum(fee_platform) <> 0) l "
                       "JOIN tier t ON t.id = l.tier_id");
    };
    SECTION("named by its line, and files that tell only news") {
        const auto in = [&](std::string_view tier) {
            return accepted(std::string{test::k_sale_header} +
                                fmt::format("A1,1,{},1,KES,10000,0,0,100,0,paid,2027-01-05T10:00:00+03:00,,,\n", tier),
                            "passa");
        };
        REQUIRE(in("vip") == "vip 10000 100");
        REQUIRE(in("regular") == "regular 10000 100");
        REQUIRE(in("vip") == "vip 10000 100");
        REQUIRE(in("early-bird") == "early-bird 10000 100");
        REQUIRE(in("regular") == "regular 10000 100");
    }
    SECTION("not a line whose own name ends like a tier's") {
        const auto line = [](std::string_view ref, std::string_view tier) {
            return fmt::format("A1,{},{},1,KES,10000,0,0,100,0,paid,2027-01-05T10:00:00+03:00,,,\n", ref, tier);
        };
        const auto both = std::string{test::k_sale_header} + line("1", "regular") + line("1 vip", "vip");
        REQUIRE(accepted(both, "passa") == "regular 10000 100, vip 10000 100");
        REQUIRE(accepted(both + "\n", "passa") == "regular 10000 100, vip 10000 100");
    }
    SECTION("beside another ticket, by a gateway that keeps its fees") {
        const auto in = [&](std::string_view tier, std::string_view status = "Attending") {
            std::string text = "Order #,Order Date,Quantity,Ticket Type,Attendee #,Currency,Total Paid,Eventbrite "
                               "Fees,Eventbrite Payment Processing,Attendee Status\n";
            text += fmt::format("77,1/29/27 22:28,1,{},501,KES,2500.00,60.00,30.00,{}\n", tier, status);
            text += fmt::format("77,1/29/27 22:28,1,Regular,502,KES,2500.00,60.00,30.00,{}\n", status);
            return accepted(text, "eventbrite");
        };
        REQUIRE(in("Regular") == "regular 500000 18000");
        REQUIRE(in("VIP") == "regular 250000 9000, vip 250000 9000");
        REQUIRE(in("Early Bird") == "early-bird 250000 9000, regular 250000 9000");
        REQUIRE(in("Regular") == "regular 500000 18000");
        REQUIRE(in("VIP") == "regular 250000 9000, vip 250000 9000");
        REQUIRE(in("VIP", "Refunded") == "regular 0 9000, vip 0 9000"); // the gateway keeps its fees
    }
    f.sweep();
}

TEST_CASE("fees that shrink while a position joins are a difference, not a fee of less than nothing", "[db][sale]") {
    test::SaleFixture f;
    f.import({f.file("p.csv", k_positions + position("AAAAA", 1, "paid", "1000.00")),
              f.file("f.csv", k_fees + "AAAAA,paid,service,100.00,0\n")},
             "pretix");
    auto order = f.order({f.file("p2.csv", k_positions + position("AAAAA", 1, "paid", "1000.00") +
                                               position("AAAAA", 2, "paid", "20.00")),
                          f.file("f2.csv", k_fees + "AAAAA,paid,service,50.00,0\n")},
                         "pretix");
    REQUIRE(f.refusal_codes(f.run(order)).find("sale.money_differs") != std::string::npos);
    order.profile.accept_corrections = true;
    REQUIRE(f.refusal_codes(f.run(order)).empty());
    REQUIRE(f.value("SELECT sum(gross) || ' ' || sum(fee_platform) FROM sale_line") == "107000 5000");
    REQUIRE(
        f.value(
            "SELECT count(*) FROM (SELECT sum(fee_platform) AS fee FROM sale_line GROUP BY sale_id) l WHERE fee < 0") ==
        "0");
    f.sweep();
}

TEST_CASE("a fee that is told no more leaves the lines that carried it, with an empty table too", "[db][sale]") {
    const auto* other = GENERATE("", "BBBBB,paid,service,5.00,0\n");
    test::SaleFixture f;
    const auto told = [&](const std::string& price, const std::string& fees) {
        auto order = f.order({f.file("p.csv", k_positions + position("AAAAA", 1) + position("AAAAA", 2, "paid", price) +
                                                  position("BBBBB", 1)),
                              f.file("f.csv", k_fees + fees + other)},
                             "pretix");
        order.profile.accept_corrections = true;
        REQUIRE(f.refusal_codes(f.run(order)).empty());
    };
    told("0.00", "AAAAA,paid,service,20.00,0\n"); // all of it on the first line
    told("300.00", "");
    REQUIRE(
        f.value("SELECT string_agg(gross || ' ' || fee, ', ' ORDER BY line_ref) FROM (SELECT line_ref, sum(gross) AS "
                "gross, sum(fee_platform) AS fee FROM sale_line WHERE order_ref = 'AAAAA' GROUP BY line_ref) l") ==
        "10000 0, 30000 0");
    f.sweep();
}

TEST_CASE("a refunded order whose ticket was moved gives back all of its tickets", "[db][sale]") {
    test::SaleFixture f;
    const auto told = [&](std::string_view tier, std::string_view status, std::string_view gross) {
        const auto tickets =
            fmt::format("Order ID,Order date,Ticket type,Ticket quantity,Currency,Ticket price,Attendee "
                        "status,Barcode number\n7001,2027-01-05 10:00:00,{},1,KES,1000.00,Attending,1\n"
                        "7001,2027-01-05 10:00:00,Regular,1,KES,2000.00,Attending,2\n",
                        tier);
        const auto orders = fmt::format("Order ID,Order date,Currency,Payment status,Gross sales,Eventbrite service "
                                        "fee,Eventbrite payment processing fee,Eventbrite tax,Organizer tax\n"
                                        "7001,2027-01-05 10:00:00,KES,{},{},30.00,0,0,0\n",
                                        status, gross);
        auto order = f.order({f.file("a.csv", tickets), f.file("o.csv", orders)}, "eventbrite");
        order.profile.accept_corrections = true;
        REQUIRE(f.refusal_codes(f.run(order)).empty());
        return f.value("SELECT sum(gross) || ' ' || sum(quantity) || ' ' || sum(fee_platform) FROM sale_line");
    };
    REQUIRE(told("Regular", "Completed", "3000.00") == "300000 2 3000");
    REQUIRE(told("VIP", "Completed", "3000.00") == "300000 2 3000");
    REQUIRE(told("VIP", "Refunded", "0.00") == "0 0 3000");
    REQUIRE(told("Regular", "Refunded", "0.00") == "0 0 3000");
    f.sweep();
}

TEST_CASE("a fee of its own that vanishes from the fees table is cancelled", "[db][sale]") {
    test::SaleFixture f;
    const auto told = [&](std::string_view fees) {
        const auto* positions = "AAAAA,1,canceled,2027-01-05,10:00:00,Regular,100.00,0\n";
        REQUIRE(f.refusal_codes(f.import({f.file("p.csv", k_positions + positions + position("BBBBB", 1)),
                                          f.file("f.csv", k_fees + std::string{fees})},
                                         "pretix"))
                    .empty());
        return f.value("SELECT coalesce(sum(net), 0)::text FROM sale_line WHERE order_ref = 'AAAAA'");
    };
    REQUIRE(told("AAAAA,canceled (paid fee),cancellation,30.00,0\n") == "3000");
    REQUIRE(told("AAAAA,canceled (paid fee),cancellation,30.00,0\n\n") == "3000");
    REQUIRE(told("") == "0");
    REQUIRE(told("\n") == "0");
    f.sweep();
}

TEST_CASE("a paid line that a later file calls pending is refused, not left sold in silence", "[db][sale]") {
    test::SaleFixture f;
    const std::string header{test::k_sale_header};
    f.import({f.file("1.csv", header + row("1", "paid") + row("2", "pending"))});
    const auto outcome = f.import({f.file("2.csv", header + row("1", "pending") + row("2", "pending"))});
    REQUIRE(f.refusal_codes(outcome) == "sale.order_refused:1 sale.unpaid_again:1");
    REQUIRE(outcome.ignored == 0);
    f.import({f.file("3.csv", header + row("1", "refunded") + row("2", "pending"))});
    REQUIRE(
        f.refusal_codes(f.import({f.file("4.csv", header + row("1", "pending"))})).empty()); // nothing is sold any more
    f.sweep();
    test::SaleFixture g; // lines without references are counted
    g.import({g.file("1.csv", k_hidden + hidden() + hidden())}, "eventbrite");
    const auto later = g.import({g.file("2.csv", k_hidden + hidden() + hidden("pending"))}, "eventbrite");
    REQUIRE(later.sold + later.undone == 0);
    REQUIRE(later.refused == 2);
    g.sweep();
}
