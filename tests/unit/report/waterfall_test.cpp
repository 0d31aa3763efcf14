// The way from gross to nothing left.
#include "lib/report/waterfall.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::report;

namespace {

const money::Asset kes{"KES", 2};
Amount sum(money::Int128 minor) { return {minor, kes}; }

Book book_of(money::Int128 sold, money::Int128 undone, money::Int128 unsettled) {
    Book book;
    book.asset = kes;
    book.sold = sum(sold);
    book.undone = sum(undone);
    book.gross = sum(sold + undone);
    book.tax = sum(1600);
    book.fee_platform = sum(300);
    book.fee_payment = sum(0);
    book.net = book.gross - book.tax - book.fee_platform;
    book.unsettled = sum(unsettled);
    return book;
}

} // namespace

TEST_CASE("each step of the waterfall leaves what the one before left less its amount", "[unit][report]") {
    const auto steps =
        make_waterfall(book_of(20000, -1500, 600), {{true, "Cee", sum(1000)}, {false, "Bee", sum(15000)}});
    auto left = steps.front().left;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (steps[i].kind != Step::Kind::total) left += steps[i].amount;
        REQUIRE(steps[i].left == left);
    }
    CHECK(steps.back().left.is_zero());
    CHECK(steps.back().label == "Left over");
}

TEST_CASE("a unit that was posted to nobody stays visible as left over", "[unit][report]") {
    const auto steps = make_waterfall(book_of(20000, 0, 0), {{false, "Bee", sum(18099)}});
    CHECK(steps.back().left == sum(1));
}

TEST_CASE("steps of zero are left out", "[unit][report]") {
    for (const auto& step : make_waterfall(book_of(20000, 0, 0), {{false, "Bee", sum(18100)}, {false, "Nil", sum(0)}}))
        CHECK((step.label != "Payment fees" && step.label != "Nil" && step.label != "Not settled yet"));
}
