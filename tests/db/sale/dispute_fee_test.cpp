// A gateway's fee for a dispute comes weeks after its sale, in a row and mostly a file of its own.
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

constexpr std::string_view k_header = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Item Title,"
                                      "Reference Txn ID,Balance Impact\n";
constexpr std::string_view k_sale =
    "01/13/2027,09:00:00,EAT,Website Payment,Completed,KES,2500.00,-97.50,2402.50,SALE1,Regular,,Credit\n";
constexpr std::string_view k_chargeback =
    "01/20/2027,09:00:00,EAT,Chargeback,Completed,KES,-2500.00,0.00,-2500.00,BACK1,,SALE1,Debit\n";
constexpr std::string_view k_fee =
    "01/20/2027,09:00:00,EAT,Chargeback Fee,Completed,KES,-20.00,0.00,-20.00,FEE1,,SALE1,Debit\n";

struct Account : test::SaleFixture {
    std::string last;

    void take(const std::string& name, std::initializer_list<std::string_view> rows) {
        std::string text{k_header};
        for (const auto row : rows) text += row;
        last = refusal_codes(import({file(name, text)}, "paypal"));
    }
    // Per line: kind, gross, fee and net.
    std::string book() {
        return value("SELECT string_agg(concat_ws(' ', kind, gross, fee_payment, net), ', ' ORDER BY order_ref, seq) "
                     "FROM sale_line");
    }
};

} // namespace

TEST_CASE("a dispute's fee is the sale's, whatever files it and the sale come in", "[db][sale]") {
    Account a;
    const std::string booked = "sale 250000 9750 240250, refund 0 2000 -2000";
    SECTION("in one file") { a.take("all.csv", {k_sale, k_fee}); }
    SECTION("in one file, above it") { a.take("all.csv", {k_fee, k_sale}); }
    SECTION("later") {
        a.take("jan.csv", {k_sale});
        a.take("feb.csv", {k_fee});
    }
    SECTION("before its sale is known: refused, and taken when it is") {
        a.take("feb.csv", {k_fee});
        REQUIRE(a.last == "sale.refund_without_sale:1");
        a.take("jan.csv", {k_sale});
        REQUIRE(a.book() == "sale 250000 9750 240250");
        a.take("feb.csv", {k_fee});
    }
    REQUIRE(a.last.empty());
    REQUIRE(a.book() == booked);
    a.take("again.csv", {k_fee, k_sale}); // all of it once more
    REQUIRE(a.last.empty());
    a.take("fee.csv", {k_fee, "\n"});
    a.take("sale.csv", {k_sale, "\n"});
    REQUIRE(a.last.empty());
    REQUIRE(a.book() == booked);
    REQUIRE(a.value("SELECT sum(quantity) FROM sale_line") == "1"); // the ticket is still sold
    a.sweep();
}

TEST_CASE("a dispute's fee beside its chargeback is taken once, in either order", "[db][sale]") {
    Account a;
    const auto first = GENERATE(k_chargeback, k_fee);
    const auto second = first == k_fee ? k_chargeback : k_fee;
    a.take("jan.csv", {k_sale});
    a.take("one.csv", {first});
    a.take("two.csv", {second});
    REQUIRE(a.last.empty());
    a.take("all.csv", {k_sale, first, second});
    REQUIRE(a.last.empty());
    REQUIRE(a.value("SELECT concat_ws(' ', sum(gross), sum(fee_payment), sum(net), sum(quantity)) FROM sale_line") ==
            "0 11750 -11750 0");
    a.sweep();
}

TEST_CASE("two fees of one sale are two, and one with another amount is refused", "[db][sale]") {
    Account a;
    a.take("jan.csv", {k_sale, k_fee});
    a.take("feb.csv", {"02/20/2027,09:00:00,EAT,Dispute Fee,Completed,KES,-15.00,0.00,-15.00,FEE2,,SALE1,Debit\n"});
    REQUIRE(a.last.empty());
    REQUIRE(a.book() == "sale 250000 9750 240250, refund 0 2000 -2000, refund 0 1500 -1500");
    a.take("mar.csv", {"02/20/2027,09:00:00,EAT,Dispute Fee,Completed,KES,-25.00,0.00,-25.00,FEE2,,SALE1,Debit\n"});
    REQUIRE(a.last == "sale.refund_differs:1");
    a.sweep();
}

TEST_CASE("a dispute's fee that names no sale is the event's, once", "[db][sale]") {
    Account a;
    constexpr std::string_view fee =
        "01/20/2027,09:00:00,EAT,Dispute Fee,Completed,KES,-20.00,0.00,-20.00,FEE9,,,Debit\n";
    a.take("jan.csv", {k_sale});
    a.take("feb.csv", {fee});
    REQUIRE(a.last.empty());
    a.take("all.csv", {k_sale, fee});
    REQUIRE(a.last.empty());
    REQUIRE(a.book() == "fee 0 2000 -2000, sale 250000 9750 240250");
    a.sweep();
}
