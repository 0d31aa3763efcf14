// Charts from integers: bars within the drawing, a scale of round numbers, periods that fit the page.
#include "lib/report/chart.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace passa;
using namespace passa::report;
using namespace std::chrono_literals;

namespace {

const money::Asset kes{"KES", 2};

std::vector<DaySales> some_days(int number, money::Int128 sold, money::Int128 undone) {
    std::vector<DaySales> days;
    const std::chrono::sys_days first{2026y / 1 / 5};
    for (int i = 0; i < number; ++i) days.push_back({Day{first + std::chrono::days{i}}, 1, {sold, kes}, {undone, kes}});
    return days;
}

std::vector<long> numbers(const std::string& svg, const std::string& attribute) {
    std::vector<long> found;
    const std::regex pattern{"<rect[^>]* " + attribute + "=\"(-?[0-9]+)\""};
    for (std::sregex_iterator it{svg.begin(), svg.end(), pattern}, end; it != end; ++it)
        found.push_back(std::stol((*it)[1]));
    return found;
}

} // namespace

TEST_CASE("a figure is grouped and drops empty decimals only when asked", "[unit][report]") {
    CHECK(figure({123456700, kes}) == "1,234,567.00");
    CHECK(figure({123456700, kes}, true) == "1,234,567");
    CHECK(figure({-150, kes}, true) == "-1.50");
}

TEST_CASE("every bar lies within the drawing, however large the sums", "[unit][report]") {
    money::Int128 huge = 1;
    for (int i = 0; i < 36; ++i) huge *= 10;
    for (const auto sold : {money::Int128{1}, money::Int128{100}, money::Int128{1234567}, huge}) {
        const auto chart = draw_days(some_days(200, sold, -sold), kes);
        const auto x = numbers(chart.svg, "x"), y = numbers(chart.svg, "y"), h = numbers(chart.svg, "height");
        const auto w = numbers(chart.svg, "width");
        REQUIRE(x.size() == 400);
        for (std::size_t i = 0; i < x.size(); ++i) {
            REQUIRE((x[i] >= 0 && w[i] >= 1 && x[i] + w[i] <= 720));
            REQUIRE((y[i] >= 0 && h[i] >= 1 && y[i] + h[i] <= 226));
        }
    }
}

TEST_CASE("more days than bars have room are drawn by week, month and year", "[unit][report]") {
    CHECK(draw_days(some_days(1, 5, 0), kes).grain == "day");
    CHECK(draw_days(some_days(212, 5, 0), kes).grain == "day");
    CHECK(draw_days(some_days(213, 5, 0), kes).grain == "week, named by its Monday");
    CHECK(draw_days(some_days(212 * 7 + 1, 5, 0), kes).grain == "month");
    CHECK(draw_days(some_days(212 * 31, 5, 0), kes).grain == "year");
}

TEST_CASE("the figures of the scale have room, and so has the label of the last day", "[unit][report]") {
    const money::Asset jpy{"JPY", 0};
    auto days = some_days(12, 0, 0);
    for (auto& day : days) day.sold = {100'000'000, jpy}, day.undone = {0, jpy};
    const auto chart = draw_days(days, jpy);
    CHECK(chart.svg.find("x=\"96\" y=\"16\" text-anchor=\"end\">100,000,000<") != std::string::npos);
    const std::regex label{"<text class=\"tick\" x=\"([0-9]+)\" y=\"216\">([^<]*)<"};
    for (const int number : {12, 13, 14, 15, 16, 17, 31, 62, 100}) {
        const auto svg = draw_days(some_days(number, 5, 0), kes).svg;
        for (std::sregex_iterator it{svg.begin(), svg.end(), label}, end; it != end; ++it)
            CHECK(std::stol((*it)[1]) + 8 * (*it)[2].length() <= 716);
    }
}

TEST_CASE("the sum of a period is in its bar", "[unit][report]") {
    const auto chart = draw_days(some_days(7 * 40, 100, 0), kes); // from a Monday: forty whole weeks
    CHECK(numbers(chart.svg, "x").size() == 40);
    CHECK(chart.svg.find("5 Jan 2026: sold 7.00") != std::string::npos);
}

TEST_CASE("a total's bar begins at zero and a deduction hangs where the last one ended", "[unit][report]") {
    const Step total{Step::Kind::total, "Gross", {100, kes}, {100, kes}};
    const Step tax{Step::Kind::deduction, "Tax", {-40, kes}, {60, kes}};
    CHECK(numbers(draw_step(total, 0, 100), "x") == std::vector<long>{0});
    CHECK(numbers(draw_step(tax, 0, 100), "x") == std::vector<long>{120});
    CHECK(numbers(draw_step(tax, 0, 100), "width") == std::vector<long>{80});
}
