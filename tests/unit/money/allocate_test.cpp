// The splitting law: parts add up, each within one unit of its exact share, reversals mirror.
#include "lib/money/allocate.hpp"
#include "tests/support/property.hpp"

using namespace passa;
using namespace passa::money;
using namespace passa::test;

namespace {

const Asset k_kes{"KES", 2};

std::vector<std::string> split_text(std::string_view total, std::vector<std::uint64_t> weights) {
    std::vector<std::string> out;
    for (const auto& part : allocate(parse_number(total, k_kes).value(), weights).value()) out.push_back(part.number());
    return out;
}

} // namespace

TEST_CASE("published largest remainder vectors hold", "[unit]") {
    REQUIRE(split_text("1.00", {1, 2, 3}) == std::vector<std::string>{"0.17", "0.33", "0.50"});
    REQUIRE(split_text("1.00", {1, 10, 100}) == std::vector<std::string>{"0.01", "0.09", "0.90"});
    REQUIRE(split_text("0.01", {1, 1, 1}) == std::vector<std::string>{"0.01", "0.00", "0.00"});
}

TEST_CASE("parts always add up to the total and stay within one unit of the exact share", "[unit][prop]") {
    holds_for_all([](std::int64_t total) {
        const Int128 minor = total;
        const auto weights =
            *rc::gen::suchThat(rc::gen::nonEmpty(rc::gen::container<std::vector<std::uint64_t>>(up_to(1'000'000))),
                               [](const auto& all) { return all != std::vector<std::uint64_t>(all.size(), 0); });
        Int128 weight_sum = 0;
        for (const auto weight : weights) weight_sum += static_cast<Int128>(weight);

        const auto parts = allocate(Amount{minor, k_kes}, weights).value();
        const auto mirrored = allocate(Amount{-minor, k_kes}, weights).value();
        Int128 sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i].minor();
            const Int128 distance = parts[i].minor() * weight_sum - minor * static_cast<Int128>(weights[i]);
            RC_ASSERT(distance < weight_sum && -distance < weight_sum);
            RC_ASSERT(parts[i] == -mirrored[i]);
        }
        RC_ASSERT(sum == minor);
    });
}

TEST_CASE("no weight and absurd totals are refused", "[unit]") {
    const std::vector<std::uint64_t> none{0, 0};
    REQUIRE(allocate(Amount{5, k_kes}, none).problem().code == "money.no_weight");
    const std::vector<std::uint64_t> huge{~std::uint64_t{0}};
    REQUIRE(allocate(Amount{static_cast<Int128>(1) << 100, k_kes}, huge).problem().code == "money.overflow");
}
